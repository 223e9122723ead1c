package cn.ganye.synth;

/**
 * An enterprise that insures people.
 *
 * @param unit the agency's own number
 * @param pool 统筹区: its county, or the city's own pool
 * @param linked whether the agency knows its credit code
 */
record Employer(
    int number,
    int city,
    int county,
    String creditCode,
    String unit,
    String name,
    String division,
    int pool,
    boolean linked,
    int size) {}
