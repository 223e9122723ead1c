package cn.ganye.synth;

import cn.ganye.reference.CreditCode;
import java.util.Locale;

/**
 * An enterprise that insures people.
 *
 * @param unit the agency's own number
 * @param pool 统筹区: its county, or the city's own pool
 * @param linked whether the agency knows its credit code
 * @param agency whether its people work for other enterprises (劳务派遣)
 * @param opens month of the window in which it opens; 0 if it was there before
 * @param closes month of the window before which it closes; later than the window if it stays
 * @param layoff month of the window in which it lays off; −1 if it does not
 * @param layoffShare share of its people who go then
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
    int size,
    boolean agency,
    int opens,
    int closes,
    int layoff,
    double layoffShare) {
  /** The credit code of its one branch: an entity of its own in the register. */
  String branchCode() {
    return CreditCode.of("91", 369900 + city, String.format(Locale.ROOT, "B%07d", number)).text();
  }

  /** Whether it takes people on in a month. */
  boolean hires(int month) {
    return opens <= month
        && month + 1 < closes
        && (layoff < 0 || month < layoff || month > layoff + 11);
  }
}
