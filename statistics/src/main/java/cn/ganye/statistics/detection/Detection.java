package cn.ganye.statistics.detection;

/**
 * What a method says of one point of a series.
 *
 * @param statistic NaN where it is not defined
 * @param threshold likewise: beyond it is an alarm
 * @param alarm as of this point
 * @param defined whether the method has anything to say here
 */
public record Detection(double statistic, double threshold, boolean alarm, boolean defined) {
  /** Of a point about which there is nothing to say: too few come before it, or one is missing. */
  public static final Detection UNDEFINED = new Detection(Double.NaN, Double.NaN, false, false);

  static Detection of(double statistic, double threshold, boolean alarm) {
    return new Detection(statistic, threshold, alarm, true);
  }
}
