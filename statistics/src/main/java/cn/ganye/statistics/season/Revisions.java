package cn.ganye.statistics.season;

import cn.ganye.statistics.StatisticsProblem;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far adjusted values move once later ones are known (Findley et al., JBES 16 (1998), section
 * 3.2: revision histories).
 */
public final class Revisions {
  /**
   * One period.
   *
   * @param at its place in the series, from 0
   * @param first as adjusted when it was the last
   * @param last as adjusted with all that is known now
   */
  public record Revision(int at, double first, double last) {}

  private Revisions() {}

  /**
   * The history of the last periods (Findley et al. 1998, section 3.2).
   *
   * @param adjustment by which each cut series is adjusted anew
   * @param start first month, or the first month of the first quarter
   * @param frequency periods of a year, 12 or 4
   * @param values one for each period
   * @param back of how many periods, 1 at least
   * @return one for each of them, in order, in the unit of the values
   * @throws StatisticsProblem if a series cut so far is too short to be adjusted
   */
  public static List<Revision> of(
      SeasonalAdjustment adjustment, YearMonth start, int frequency, double[] values, int back) {
    if (back < 1 || back >= values.length) {
      throw new StatisticsProblem(
          "revisions-many",
          "a history of " + back + " periods of " + values.length,
          "give a number of periods, 1 at least");
    }
    double[] now = adjustment.adjust(start, frequency, values).adjusted();
    List<Revision> revisions = new ArrayList<>();
    for (int at = values.length - back; at < values.length; at++) {
      double[] then = Arrays.copyOf(values, at + 1);
      revisions.add(
          new Revision(at, adjustment.adjust(start, frequency, then).adjusted()[at], now[at]));
    }
    return revisions;
  }
}
