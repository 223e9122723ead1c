package cn.ganye.statistics.detection;

import cn.ganye.statistics.StatisticsProblem;

/** Rules that compare a figure with a fixed threshold. */
public final class Thresholds {
  /** Of three-month means of rates: what differs by less is rounding. */
  private static final double ROUNDING = 1e-9;

  private static final int MEAN = 3;
  private static final int YEAR = 12;

  /** The threshold of {@link #sahm} as Sahm published it, points. */
  public static final double SAHM = 0.5;

  private Thresholds() {}

  /**
   * The level of the series itself, as a rate is held against the ceiling that a plan sets
   * (Jiangxi's employment plan: 城镇调查失业率 of 5.5 per cent or so).
   *
   * @param series one for each period; NaN where missing, which is undefined
   * @param threshold in the unit of the series
   * @param above whether an alarm is at the threshold and above it, else below
   */
  public static Detection[] level(double[] series, double threshold, boolean above) {
    Detection[] found = new Detection[series.length];
    for (int t = 0; t < series.length; t++) {
      found[t] = against(series[t], threshold, above);
    }
    return found;
  }

  /**
   * Growth over some periods, per cent: 100·(xₜ/xₜ₋ₙ − 1), as official statistics state it (OECD,
   * Data and Metadata Reporting and Presentation Handbook, 2007, on growth rates).
   *
   * @param series one for each period; NaN where missing, which is undefined
   * @param periods such as 12 for the same month of the year before
   * @param threshold per cent
   * @param above whether an alarm is at the threshold and above it, else below
   * @throws StatisticsProblem where it would be measured against zero or less
   */
  public static Detection[] growth(double[] series, int periods, double threshold, boolean above) {
    Detection[] found = new Detection[series.length];
    for (int t = 0; t < series.length; t++) {
      double before = t < periods ? Double.NaN : series[t - periods];
      if (before <= 0) {
        throw StatisticsProblem.ofRow(
            "growth-from-zero",
            t - periods,
            "growth from " + before + " has no meaning",
            "use --method level, or a series of positive figures");
      }
      found[t] = against(100 * (series[t] / before - 1), threshold, above);
    }
    return found;
  }

  private static Detection against(double statistic, double threshold, boolean above) {
    return Double.isNaN(statistic)
        ? Detection.UNDEFINED
        : Detection.of(
            statistic, threshold, above ? statistic >= threshold : statistic <= threshold);
  }

  /**
   * The rule of Sahm (Direct Stimulus Payments to Individuals, in: Recession Ready, Brookings 2019,
   * p. 73): the three-month mean of the unemployment rate, less the lowest three-month mean of the
   * previous twelve months; an alarm at the threshold and above it.
   *
   * @param rate monthly, per cent; NaN where missing. A point is undefined if one of the fifteen
   *     months that it needs is
   * @param threshold points; {@link #SAHM} as published
   */
  public static Detection[] sahm(double[] rate, double threshold) {
    Detection[] found = new Detection[rate.length];
    for (int t = 0; t < rate.length; t++) {
      double lowest = Double.POSITIVE_INFINITY;
      for (int back = 1; back <= YEAR; back++) {
        double mean = mean(rate, t - back);
        lowest = Double.isNaN(mean) ? Double.NaN : Math.min(lowest, mean);
        if (Double.isNaN(lowest)) {
          break;
        }
      }
      double statistic = mean(rate, t) - lowest;
      found[t] =
          Double.isNaN(statistic)
              ? Detection.UNDEFINED
              : Detection.of(statistic, threshold, statistic >= threshold - ROUNDING);
    }
    return found;
  }

  private static double mean(double[] rate, int t) {
    if (t < MEAN - 1) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = t - MEAN + 1; i <= t; i++) {
      sum += rate[i];
    }
    return sum / MEAN;
  }
}
