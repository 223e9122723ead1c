package cn.ganye.statistics.season;

import com.ibm.icu.util.ChineseCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * The Spring Festival as a regressor of monthly series: how much of a window around the first day
 * of the lunar year lies in each month, less the average of that calendar month, so that it tells
 * only of the festival's moving (Bell and Hillmer, JASA 78 (1983), 526–534; Lin and Liu, Modeling
 * lunar calendar holiday effects in Taiwan, U.S. Census Bureau 2002).
 */
public final class SpringFestival {
  /** Years over which the average of a calendar month is taken. */
  private static final int FIRST = 1951;

  private static final int LAST = 2050;

  private final int before;
  private final int after;
  private final double[] average = new double[12];

  /**
   * The window.
   *
   * @param before days before the first day
   * @param after days from the first day on, that one included
   * @throws IllegalArgumentException if one is negative or the window empty
   */
  public SpringFestival(int before, int after) {
    if (before < 0 || after < 0 || before + after == 0) {
      throw new IllegalArgumentException(
          "no window: " + before + " days before, " + after + " from");
    }
    this.before = before;
    this.after = after;
    for (int year = FIRST; year <= LAST; year++) {
      for (int month = 1; month <= 12; month++) {
        average[month - 1] += share(YearMonth.of(year, month)) / (LAST - FIRST + 1);
      }
    }
  }

  /**
   * The first day of the lunar year that begins in a year, by the rules of GB/T 33661-2017 as ICU
   * computes them for Beijing's meridian.
   *
   * @param year of the Gregorian calendar
   */
  public static LocalDate firstDay(int year) {
    ChineseCalendar calendar = new ChineseCalendar();
    calendar.setTimeInMillis(
        LocalDate.of(year, 7, 1)
            .atStartOfDay(ZoneId.of("Asia/Shanghai"))
            .toInstant()
            .toEpochMilli());
    calendar.set(ChineseCalendar.MONTH, 0);
    calendar.set(ChineseCalendar.IS_LEAP_MONTH, 0);
    calendar.set(ChineseCalendar.DAY_OF_MONTH, 1);
    calendar.set(ChineseCalendar.HOUR_OF_DAY, 12);
    return LocalDate.ofInstant(
        Instant.ofEpochMilli(calendar.getTimeInMillis()), ZoneId.of("Asia/Shanghai"));
  }

  /** The part of the window that lies in a month. */
  private double share(YearMonth month) {
    LocalDate first = firstDay(month.getYear());
    int within = 0;
    for (int day = -before; day < after; day++) {
      within += YearMonth.from(first.plusDays(day)).equals(month) ? 1 : 0;
    }
    return (double) within / (before + after);
  }

  /**
   * Values of the regressor: parts of the window, of which a calendar month's mean over 1951 to
   * 2050 is zero (Bell and Hillmer 1983).
   *
   * @param start first month
   * @param months how many
   */
  public double[] regressor(YearMonth start, int months) {
    double[] values = new double[months];
    for (int i = 0; i < months; i++) {
      YearMonth month = start.plusMonths(i);
      values[i] = share(month) - average[month.getMonthValue() - 1];
    }
    return values;
  }
}
