package cn.ganye.statistics.survey;

import cn.ganye.statistics.StatisticsProblem;
import cn.ganye.statistics.algebra.PositiveDefinite;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Weights as near to those before as the totals of auxiliary variables allow, in the chi-square
 * distance, each within bounds of what it was if bounds are given (Deville and Särndal, JASA 87
 * (1992): cases 1 and 7). The variance is that of the residuals of the regression on them (there,
 * section 3).
 */
public final class Calibration implements Adjustment {
  private static final int MOST = 50;
  private static final double ENOUGH = 1e-10;
  private static final double MET = 1e-7;

  /** From here on R's {@code survey} brings weights to the size of the population first. */
  private static final double FAR = 20;

  private final List<String> names;
  private final double[][] columns;
  private final double[] totals;
  private final double lower;
  private final double upper;

  private Calibration(
      List<String> names, double[][] columns, double[] totals, double lower, double upper) {
    this.names = names;
    this.columns = columns;
    this.totals = totals;
    this.lower = lower;
    this.upper = upper;
  }

  /**
   * Linear calibration without bounds (Deville and Särndal 1992, case 1): some weights may become
   * negative. When weights are adjusted, variables that make each other up and totals that cannot
   * be met are refused.
   *
   * @param names of the variables, for problems
   * @param columns their values, each as long as there are rows in the sample
   * @param totals of the variables in the population, each in its unit times people
   */
  public static Calibration linear(List<String> names, double[][] columns, double[] totals) {
    return new Calibration(
        names, columns, totals, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /**
   * The same with each weight kept within bounds (Deville and Särndal 1992, case 7). When weights
   * are adjusted, totals that no weights within the bounds meet are refused.
   *
   * @param names of the variables, for problems
   * @param columns their values, each as long as there are rows in the sample
   * @param totals of the variables in the population, each in its unit times people
   * @param lower least of the new weight over the old one, below 1
   * @param upper most of it, above 1
   * @throws StatisticsProblem if the bounds do not leave weights as they are
   */
  public static Calibration bounded(
      List<String> names, double[][] columns, double[] totals, double lower, double upper) {
    if (!(lower < 1) || !(upper > 1)) {
      throw new StatisticsProblem(
          "bounds-invalid",
          "bounds " + lower + " and " + upper + " leave no weight as it is",
          "give a lower bound below 1 and an upper one above 1");
    }
    return new Calibration(names, columns, totals, lower, upper);
  }

  @Override
  public double[] weights(double[] weights) {
    double[] start = weights.clone();
    if (bounded() && far(weights) > 0) {
      double scale = far(weights);
      Arrays.setAll(start, i -> weights[i] * scale);
    }
    int n = weights.length;
    double[] toGo = new double[n];
    double[] factor = new double[n];
    Arrays.fill(factor, 1);
    double[] best = misfit(start, factor);
    for (int turn = 0; turn < (bounded() ? MOST : 2) && worst(best) > ENOUGH; turn++) {
      double[] root = new double[n];
      for (int i = 0; i < n; i++) {
        boolean free = !bounded() || (1 + toGo[i] > lower && 1 + toGo[i] < upper);
        root[i] = free ? Math.sqrt(start[i]) : 0;
      }
      OrthogonalColumns basis = basis(root);
      if (!bounded() && turn == 0 && basis.rank() < columns.length) {
        throw new StatisticsProblem(
            "variables-dependent",
            "the variables " + String.join(", ", names) + " make each other up",
            "leave one out, such as one category of each column when there is an (Intercept)");
      }
      double[] step = multipliers(root, basis, best);
      for (int i = 0; i < n; i++) {
        toGo[i] += step[i];
        factor[i] = Math.clamp(1 + toGo[i], lower, upper);
      }
      best = misfit(start, factor);
    }
    if (worst(best) > MET) {
      throw notMet(best);
    }
    double[] adjusted = new double[n];
    Arrays.setAll(adjusted, i -> start[i] * factor[i]);
    return adjusted;
  }

  private boolean bounded() {
    return lower != Double.NEGATIVE_INFINITY || upper != Double.POSITIVE_INFINITY;
  }

  /** The scale by which the weights are much too small for all totals; 0 if they are not. */
  private double far(double[] weights) {
    double sum = 0;
    for (int j = 0; j < columns.length; j++) {
      double scale = totals[j] / PositiveDefinite.product(columns[j], weights);
      if (!(scale > FAR)) {
        return 0;
      }
      sum += scale;
    }
    return sum / columns.length;
  }

  private double[] misfit(double[] weights, double[] factor) {
    double[] now = new double[weights.length];
    Arrays.setAll(now, i -> weights[i] * factor[i]);
    double[] misfit = new double[totals.length];
    Arrays.setAll(misfit, j -> totals[j] - PositiveDefinite.product(columns[j], now));
    return misfit;
  }

  private double worst(double[] misfit) {
    double worst = 0;
    for (int j = 0; j < misfit.length; j++) {
      worst = Math.max(worst, Math.abs(misfit[j]) / (1 + Math.abs(totals[j])));
    }
    return worst;
  }

  private OrthogonalColumns basis(double[] root) {
    double[][] scaled = new double[columns.length][root.length];
    for (int j = 0; j < scaled.length; j++) {
      for (int i = 0; i < root.length; i++) {
        scaled[j][i] = columns[j][i] * root[i];
      }
    }
    return new OrthogonalColumns(scaled);
  }

  /**
   * X·λ for each row, where λ closes the misfit with the rows that are free; also for rows that are
   * not, which may become so.
   */
  private double[] multipliers(double[] root, OrthogonalColumns basis, double[] misfit) {
    double[] lambda = basis.coefficients(basis.withProducts(misfit));
    double[] step = new double[root.length];
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < step.length; i++) {
        step[i] += columns[j][i] * lambda[j];
      }
    }
    return step;
  }

  private StatisticsProblem notMet(double[] misfit) {
    int at = 0;
    for (int j = 1; j < misfit.length; j++) {
      if (Math.abs(misfit[j]) / (1 + Math.abs(totals[j]))
          > Math.abs(misfit[at]) / (1 + Math.abs(totals[at]))) {
        at = j;
      }
    }
    return new StatisticsProblem(
        "calibration-infeasible",
        String.format(
            Locale.ROOT,
            "no weights%s meet the totals: %s is off by %.6g of %.6g",
            bounded() ? " within " + lower + " and " + upper : "",
            names.get(at),
            misfit[at],
            totals[at]),
        bounded()
            ? "widen --bounds, or mend the totals"
            : "mend the totals: they contradict each other");
  }

  @Override
  public double[] unexplained(double[] parts, double[] before, double[] after) {
    int n = parts.length;
    double[] root = new double[n];
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      root[i] = Math.sqrt(before[i]);
      values[i] = after[i] == 0 ? 0 : parts[i] * root[i] / after[i];
    }
    double[] left = basis(root).residual(values);
    for (int i = 0; i < n; i++) {
      left[i] = root[i] == 0 ? 0 : left[i] * after[i] / root[i];
    }
    return left;
  }
}
