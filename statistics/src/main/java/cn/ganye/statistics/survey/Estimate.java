package cn.ganye.statistics.survey;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A figure of the population as the sample gives it.
 *
 * @param value in the unit of what was asked; NaN if it cannot be told
 * @param standardError in the same unit; likewise
 * @param degreesOfFreedom of the design
 * @param rows that it rests on
 * @param designEffect its variance against that of a simple random sample of as many rows, without
 *     replacement (Kish 1965, section 8.2); NaN where it makes no sense
 */
public record Estimate(
    double value, double standardError, int degreesOfFreedom, int rows, double designEffect) {
  /**
   * How far the ends of the confidence interval lie from the value, in its unit: by Student's t on
   * the degrees of freedom (Särndal, Swensson and Wretman 1992, section 2.11, with t for the normal
   * quantile).
   *
   * @param confidence probability that the interval holds the value, such as 0.95
   * @return NaN if there is no degree of freedom
   */
  public double reach(double confidence) {
    return degreesOfFreedom < 1
        ? Double.NaN
        : TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - confidence) / 2)
            * standardError;
  }
}
