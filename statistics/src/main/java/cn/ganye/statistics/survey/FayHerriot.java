package cn.ganye.statistics.survey;

import cn.ganye.statistics.StatisticsProblem;
import cn.ganye.statistics.algebra.PositiveDefinite;
import java.util.Arrays;

/**
 * Rates of small areas from few interviews: each area's direct estimate and what a regression on
 * known variables expects of it, weighted by how far each can be trusted (Fay and Herriot, JASA 74
 * (1979)). The variance between areas by restricted maximum likelihood; the mean squared error with
 * what its estimation adds (Datta and Lahiri, Statistica Sinica 10 (2000), eq. 5.9; Rao and Molina,
 * Small Area Estimation, 2015, section 6.2).
 */
public final class FayHerriot {
  private static final int MOST = 200;
  private static final double ENOUGH = 1e-12;

  /**
   * An area.
   *
   * @param estimate between the direct one and the expected one, in their unit
   * @param meanSquaredError of it, in that unit squared
   * @param trust weight of the direct estimate, 0 to 1
   */
  public record Area(double estimate, double meanSquaredError, double trust) {
    /**
     * Whether the error is small enough to show the estimate: its relative root mean squared error
     * at most so much (Rao and Molina 2015, section 6.2).
     *
     * @param coefficientOfVariation as a part, such as 0.2
     */
    public boolean isReliable(double coefficientOfVariation) {
      return Math.sqrt(meanSquaredError) <= coefficientOfVariation * Math.abs(estimate);
    }
  }

  /**
   * A fit.
   *
   * @param variance between areas, beyond the regression, in the estimates' unit squared
   * @param coefficients of the variables, in their order
   * @param areas in the order given
   */
  public record Fit(double variance, double[] coefficients, Area[] areas) {}

  private FayHerriot() {}

  /**
   * Fits (Fay and Herriot 1979, section 3; restricted likelihood by scoring, Rao and Molina 2015,
   * section 6.1.2; an area's error, there section 6.2).
   *
   * @param direct estimate of each area, in any unit
   * @param sampling variance of each, in that unit squared, as the survey tells it
   * @param variables of each area, a row each; a constant is one of them
   * @throws StatisticsProblem if a variance is not positive, there are no more areas than
   *     variables, or variables make each other up
   * @throws IllegalArgumentException if the three are not of as many areas
   */
  public static Fit fit(double[] direct, double[] sampling, double[][] variables) {
    int m = direct.length;
    if (m == 0 || sampling.length != m || variables.length != m) {
      throw new IllegalArgumentException(
          m + " estimates, " + sampling.length + " variances, " + variables.length + " rows");
    }
    int p = variables[0].length;
    if (m <= p) {
      throw new StatisticsProblem(
          "areas-few",
          m + " areas for " + p + " variables",
          "take fewer variables: there must be more areas");
    }
    for (int i = 0; i < m; i++) {
      if (!(sampling[i] > 0) || Double.isNaN(direct[i])) {
        throw new StatisticsProblem(
            "variance-invalid",
            "area " + (i + 1) + ": estimate " + direct[i] + ", variance " + sampling[i],
            "each area needs a direct estimate with a variance above 0; leave others out");
      }
    }
    double a = Arrays.stream(sampling).average().orElseThrow();
    for (int turn = 0; turn < MOST; turn++) {
      Projection projection = new Projection(direct, sampling, variables, a);
      double step = projection.score() / projection.information();
      double next = Math.max(0, a + step);
      boolean enough = Math.abs(next - a) <= ENOUGH * (1 + a);
      a = next;
      if (enough) {
        break;
      }
    }
    return areas(direct, sampling, variables, new Projection(direct, sampling, variables, a));
  }

  private static Fit areas(
      double[] direct, double[] sampling, double[][] variables, Projection at) {
    double information = 0;
    for (double variance : sampling) {
      information += 1 / ((at.a + variance) * (at.a + variance));
    }
    Area[] areas = new Area[direct.length];
    for (int i = 0; i < areas.length; i++) {
      double total = at.a + sampling[i];
      double trust = at.a / total;
      double expected = PositiveDefinite.product(variables[i], at.beta);
      double own = trust * sampling[i];
      double regression = (1 - trust) * (1 - trust) * at.spread(variables[i]);
      double estimation = sampling[i] * sampling[i] / (total * total * total) * 2 / information;
      areas[i] =
          new Area(
              trust * direct[i] + (1 - trust) * expected, own + regression + 2 * estimation, trust);
    }
    return new Fit(at.a, at.beta, areas);
  }

  /** The regression for a given variance between areas. */
  private static final class Projection {
    private final double a;
    private final double[] sampling;
    private final double[][] variables;
    private final double[][] inverse;
    private final double[] beta;
    private final double[] residual;

    Projection(double[] direct, double[] sampling, double[][] variables, double a) {
      this.a = a;
      this.sampling = sampling;
      this.variables = variables;
      int p = variables[0].length;
      double[][] normal = new double[p][p];
      double[] right = new double[p];
      for (int i = 0; i < direct.length; i++) {
        double w = 1 / (a + sampling[i]);
        for (int j = 0; j < p; j++) {
          right[j] += w * variables[i][j] * direct[i];
          for (int k = 0; k <= j; k++) {
            normal[j][k] += w * variables[i][j] * variables[i][k];
          }
        }
      }
      inverse = PositiveDefinite.inverse(normal);
      beta = new double[p];
      Arrays.setAll(beta, j -> PositiveDefinite.product(inverse[j], right));
      if (Arrays.stream(beta).anyMatch(Double::isNaN)) {
        throw new StatisticsProblem(
            "variables-dependent", "the variables make each other up", "leave one of them out");
      }
      residual = new double[direct.length];
      Arrays.setAll(residual, i -> direct[i] - PositiveDefinite.product(variables[i], beta));
    }

    double spread(double[] row) {
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        sum += row[j] * PositiveDefinite.product(inverse[j], row);
      }
      return sum;
    }

    /** One cell of P, which takes the regression out: V⁻¹ − V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹. */
    private double projected(int i, int k) {
      double wi = 1 / (a + sampling[i]);
      double wk = 1 / (a + sampling[k]);
      double sum = 0;
      for (int j = 0; j < beta.length; j++) {
        sum += variables[i][j] * PositiveDefinite.product(inverse[j], variables[k]);
      }
      return (i == k ? wi : 0) - wi * sum * wk;
    }

    /** Slope of the restricted log-likelihood. */
    double score() {
      double trace = 0;
      double squares = 0;
      for (int i = 0; i < residual.length; i++) {
        trace += projected(i, i);
        double scaled = residual[i] / (a + sampling[i]);
        squares += scaled * scaled;
      }
      return (squares - trace) / 2;
    }

    /** Its expected curvature. */
    double information() {
      double sum = 0;
      for (int i = 0; i < residual.length; i++) {
        for (int k = 0; k < residual.length; k++) {
          double cell = projected(i, k);
          sum += cell * cell;
        }
      }
      return sum / 2;
    }
  }
}
