package cn.ganye.statistics.detection;

import cn.ganye.statistics.StatisticsProblem;
import java.util.Arrays;

/**
 * The cumulative sum of what standardised counts exceed a reference value by (Page, Biometrika 41
 * (1954); for Poisson counts Rossi, Lampugnani and Marchi, Statistics in Medicine 18 (1999)). It
 * goes on after an alarm.
 */
public final class Cusum {
  /** How counts are standardised about the mean of the baseline. */
  public enum Transformation {
    /** By the square root of the mean. */
    STANDARD,
    /** Rossi's mixture of that and twice the difference of roots. */
    ROSSI,
    /** Anscombe's power 2/3. */
    ANSCOMBE,
    /** Not at all. */
    NONE
  }

  /** The reference value that R's {@code surveillance} takes if none is asked for. */
  public static final double REFERENCE = 1.04;

  /** Likewise the decision interval. */
  public static final double DECISION = 2.26;

  private Cusum() {}

  /**
   * Detects (Page 1954, pp. 100–115; the transformations, Rossi, Lampugnani and Marchi 1999, pp.
   * 2111–2122).
   *
   * @param counts one for each period; NaN where missing, which leaves the sum as it was
   * @param baseline points at the start whose mean is the one in control
   * @param reference k, in standard deviations
   * @param decision h, in standard deviations: an alarm where the sum reaches it
   * @param transformation by which counts are standardised
   * @throws StatisticsProblem if the baseline leaves no point to watch, has a gap, or a mean of
   *     zero or less by which counts would be standardised
   * @return one for each period, undefined in the baseline: statistic the sum; threshold the count
   *     that would have been the least to raise an alarm
   */
  public static Detection[] detect(
      double[] counts,
      int baseline,
      double reference,
      double decision,
      Transformation transformation) {
    if (baseline < 1 || baseline >= counts.length) {
      throw new StatisticsProblem(
          "baseline-long",
          "a baseline of " + baseline + " of " + counts.length + " points leaves none to watch",
          "give a shorter --baseline");
    }
    double m = Arrays.stream(counts, 0, baseline).sum() / baseline;
    if (Double.isNaN(m) || (m <= 0 && transformation != Transformation.NONE)) {
      throw new StatisticsProblem(
          "baseline-empty",
          "the mean of the baseline is " + m + ": counts cannot be measured by it",
          "give a --baseline in which something was counted and nothing is missing");
    }
    Detection[] found = new Detection[counts.length];
    Arrays.fill(found, Detection.UNDEFINED);
    double sum = 0;
    for (int t = baseline; t < counts.length; t++) {
      if (Double.isNaN(counts[t])) {
        continue;
      }
      double before = sum;
      sum = Math.max(0, sum + standardised(counts[t], m, transformation) - reference);
      double bound = bound(decision + reference - before, m, transformation);
      if (transformation == Transformation.NONE) {
        bound = decision - sum;
      }
      found[t] = Detection.of(sum, bound > 0 ? bound : 0, sum >= decision);
    }
    return found;
  }

  private static double standardised(double x, double m, Transformation transformation) {
    return switch (transformation) {
      case STANDARD -> (x - m) / Math.sqrt(m);
      case ROSSI -> (x - 3 * m + 2 * Math.sqrt(x * m)) / (2 * Math.sqrt(m));
      case ANSCOMBE -> 1.5 * (Math.pow(x, 2.0 / 3) - Math.pow(m, 2.0 / 3)) / Math.pow(m, 1.0 / 6);
      case NONE -> x;
    };
  }

  /** The count whose standardised value is what is left to the decision. */
  private static double bound(double left, double m, Transformation transformation) {
    double root = Math.sqrt(m);
    return switch (transformation) {
      case STANDARD -> Math.ceil(root * left + m);
      case ROSSI -> 2 * root * left + 5 * m - 2 * Math.sqrt(4 * m * m + 2 * m * root * left);
      case ANSCOMBE -> {
        double power = 2.0 / 3 * Math.pow(m, 1.0 / 6) * left + Math.pow(m, 2.0 / 3);
        yield power < 0 ? 0 : Math.pow(power, 1.5);
      }
      case NONE -> left;
    };
  }
}
