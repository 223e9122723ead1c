package cn.ganye.statistics.survey;

/** Weights adjusted to what is known of the population, and what that takes from the variance. */
public sealed interface Adjustment permits PostStratification, Raking, Calibration {
  /**
   * Weights that meet the known totals.
   *
   * @param weights before
   */
  double[] weights(double[] weights);

  /**
   * What is left of the rows' parts in an estimate once the known totals explain what they can.
   *
   * @param parts linearised values, weighted by the adjusted weights
   * @param before weights before the adjustment
   * @param after weights after it
   */
  double[] unexplained(double[] parts, double[] before, double[] after);
}
