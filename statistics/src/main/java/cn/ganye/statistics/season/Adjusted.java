package cn.ganye.statistics.season;

import java.util.List;

/**
 * A series taken apart, and how well that went.
 *
 * @param adjusted without what returns each year
 * @param trend what moves slowly
 * @param seasonal what returns each year, with the Spring Festival and the calendar; the original
 *     is the adjusted series times it, or plus it
 * @param irregular the rest of the adjusted series
 * @param multiplicative whether parts are multiplied
 * @param diagnostics what is known of the quality
 */
public record Adjusted(
    double[] original,
    double[] adjusted,
    double[] trend,
    double[] seasonal,
    double[] irregular,
    boolean multiplicative,
    Diagnostics diagnostics) {
  /**
   * The quality of an adjustment.
   *
   * @param model as (p,d,q)(P,D,Q); empty without one
   * @param coefficients of the model: regular and seasonal, autoregressive and moving average
   * @param outliers found, as AO (2020-02)
   * @param festival effect of the Spring Festival; NaN if it is not in the model
   * @param festivalT its t-statistic; NaN if it was not tried
   * @param ljungBox p-value of independence of the residuals; NaN without a model
   * @param residualSeasonality p-value of no seasonality left in the adjusted series (QS test)
   * @param q combined quality measure of X-11, good below 1; NaN by TRAMO-SEATS
   */
  public record Diagnostics(
      String model,
      List<Double> coefficients,
      List<String> outliers,
      double festival,
      double festivalT,
      double ljungBox,
      double residualSeasonality,
      double q) {}
}
