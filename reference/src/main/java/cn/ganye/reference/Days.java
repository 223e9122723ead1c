package cn.ganye.reference;

/** Calendar days as plain numbers, for readers of many records. */
public final class Days {
  private static final int[] LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Days() {}

  /** Whether the Gregorian calendar has this day. */
  public static boolean exists(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= LENGTHS[month - 1] + (leap && month == 2 ? 1 : 0);
  }
}
