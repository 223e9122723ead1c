package cn.ganye.statistics.survey;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A figure of the population as the sample gives it.
 *
 * @param value NaN if it cannot be told
 * @param standardError likewise
 * @param degreesOfFreedom of the design
 * @param rows that it rests on
 * @param designEffect its variance against that of a simple random sample of as many rows, without
 *     replacement (Kish 1965, section 8.2); NaN where it makes no sense
 */
public record Estimate(
    double value, double standardError, int degreesOfFreedom, int rows, double designEffect) {
  /**
   * How far the ends of the confidence interval lie from the value: by Student's t.
   *
   * @param confidence such as 0.95
   */
  public double reach(double confidence) {
    return degreesOfFreedom < 1
        ? Double.NaN
        : TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - confidence) / 2)
            * standardError;
  }
}
