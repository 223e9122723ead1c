package cn.ganye.pool.derivation;

/**
 * The months that a pool shows figures for.
 *
 * @param first number of the first month, counted from January of the year 0
 * @param last number of the last month
 */
public record Window(int first, int last) {
  /** A month number as yyyymm. */
  public static int month(int index) {
    return index / 12 * 100 + index % 12 + 1;
  }

  /** The number of a month given as yyyymm. */
  public static int index(int month) {
    return month / 100 * 12 + month % 100 - 1;
  }
}
