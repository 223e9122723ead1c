package cn.ganye.statistics.survey;

import cn.ganye.statistics.algebra.PositiveDefinite;
import java.util.ArrayList;
import java.util.List;

/**
 * Estimates from a sample, with standard errors by Taylor linearisation (Särndal, Swensson and
 * Wretman, Model Assisted Survey Sampling, 1992, chapter 5), or by replicates of the weights.
 */
public final class Estimator {
  private record Adjusted(Adjustment adjustment, double[] before, double[] after) {}

  private final SurveyDesign design;
  private final List<Adjusted> adjusted = new ArrayList<>();
  private final double[] weights;

  /**
   * Adjusts the weights of a design.
   *
   * @param design of the sample
   * @param adjustments of the weights, in turn, each to one entry for each row of the sample
   * @throws cn.ganye.statistics.StatisticsProblem if the weights cannot be adjusted so
   */
  public Estimator(SurveyDesign design, List<Adjustment> adjustments) {
    this.design = design;
    double[] now = design.weights();
    for (Adjustment adjustment : adjustments) {
      double[] after = adjustment.weights(now);
      adjusted.add(new Adjusted(adjustment, now, after));
      now = after;
    }
    this.weights = now;
  }

  /** A copy of the weights in use, adjusted: people that each row stands for. */
  public double[] weights() {
    return weights.clone();
  }

  /**
   * Estimates by linearisation (Särndal, Swensson and Wretman 1992, result 5.5.1 and section 5.8;
   * with adjusted weights, result 6.6.1 ; Lumley 2010, chapter 7). Rows outside the domain, and
   * rows of which something is missing, stay in the design and add nothing.
   *
   * @param statistic with one value for each row of the sample
   * @return without a value if no row counts
   * @throws cn.ganye.statistics.StatisticsProblem if a stratum has one sampled cluster and the
   *     design does not say what to do about it
   * @throws IllegalArgumentException if it has another number of rows than the sample
   */
  public Estimate estimate(Statistic statistic) {
    requireRows(statistic);
    double below = PositiveDefinite.product(statistic.below(), weights);
    double value = statistic.value(PositiveDefinite.product(statistic.above(), weights), below);
    int rows = statistic.rows();
    int free = design.degreesOfFreedom();
    if (rows == 0 || Double.isNaN(value)) {
      return new Estimate(Double.NaN, Double.NaN, free, rows, Double.NaN);
    }
    double[] parts = statistic.linearised(weights, value, below);
    double[] left = parts;
    for (int i = adjusted.size() - 1; i >= 0; i--) {
      Adjusted one = adjusted.get(i);
      left = one.adjustment().unexplained(left, one.before(), one.after());
    }
    double variance = design.variance(left);
    return new Estimate(
        value, Math.sqrt(variance), free, rows, variance / simpleVariance(statistic, parts));
  }

  /**
   * The variance of the same figure from a simple random sample of as many rows, without
   * replacement: that of the linearised values in the population, as the sample tells it.
   */
  private double simpleVariance(Statistic statistic, double[] parts) {
    double size = 0;
    double mean = 0;
    int rows = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && statistic.counts(i)) {
        size += weights[i];
        mean += parts[i];
        rows++;
      }
    }
    mean /= size;
    double squares = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && statistic.counts(i)) {
        double off = parts[i] / weights[i] - mean;
        squares += weights[i] * off * off;
      }
    }
    double spread = squares / size * rows / (rows - 1);
    return size <= rows ? Double.NaN : spread * size * (size - rows) / rows;
  }

  private void requireRows(Statistic statistic) {
    if (statistic.values().length != weights.length) {
      throw new IllegalArgumentException(
          statistic.values().length + " values for " + weights.length + " rows of the sample");
    }
  }

  /**
   * Estimates with the variance between replicates of the weights, each adjusted anew (Wolter 2007,
   * chapters 4 and 5; Lumley 2010, section 2.3). A replicate in which there is no such figure is
   * left out.
   *
   * @param statistic with one value for each row of the sample
   * @param replicates of the same design
   * @return without a value if no row counts; always without a design effect
   * @throws cn.ganye.statistics.StatisticsProblem if the weights of a replicate cannot be adjusted
   * @throws IllegalArgumentException if it has another number of rows than the sample
   */
  public Estimate estimate(Statistic statistic, Replicates replicates) {
    requireRows(statistic);
    Estimate point = estimateValue(statistic);
    if (point.rows() == 0 || Double.isNaN(point.value())) {
      return point;
    }
    double[] values =
        adjusted.isEmpty() ? bySums(statistic, replicates) : byRows(statistic, replicates);
    return new Estimate(
        point.value(),
        Math.sqrt(replicates.variance(values)),
        point.degreesOfFreedom(),
        point.rows(),
        Double.NaN);
  }

  private Estimate estimateValue(Statistic statistic) {
    double value =
        statistic.value(
            PositiveDefinite.product(statistic.above(), weights),
            PositiveDefinite.product(statistic.below(), weights));
    int rows = statistic.rows();
    return new Estimate(
        rows == 0 ? Double.NaN : value, Double.NaN, design.degreesOfFreedom(), rows, Double.NaN);
  }

  /** Without adjustments a replicate only needs the sums of each cluster. */
  private double[] bySums(Statistic statistic, Replicates replicates) {
    double[] above = replicates.sums(statistic.above(), weights);
    double[] below = replicates.sums(statistic.below(), weights);
    double[] values = new double[replicates.count()];
    for (int r = 0; r < values.length; r++) {
      double[] factors = replicates.factors(r);
      values[r] =
          statistic.value(
              PositiveDefinite.product(factors, above), PositiveDefinite.product(factors, below));
    }
    return values;
  }

  private double[] byRows(Statistic statistic, Replicates replicates) {
    double[] above = statistic.above();
    double[] below = statistic.below();
    double[] values = new double[replicates.count()];
    for (int r = 0; r < values.length; r++) {
      double[] now = replicates.weights(r, design.weights());
      for (Adjusted one : adjusted) {
        now = one.adjustment().weights(now);
      }
      values[r] =
          statistic.value(
              PositiveDefinite.product(above, now), PositiveDefinite.product(below, now));
    }
    return values;
  }
}
