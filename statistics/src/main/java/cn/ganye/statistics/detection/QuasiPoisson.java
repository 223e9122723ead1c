package cn.ganye.statistics.detection;

import cn.ganye.statistics.algebra.PositiveDefinite;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A quasi-Poisson regression with logarithmic link, fitted by iteratively reweighted least squares
 * (McCullagh and Nelder, Generalized Linear Models, 1989, section 2.5), with the starting values
 * and the stopping rule of R's {@code glm}.
 */
final class QuasiPoisson {
  private static final double ENOUGH = 1e-8;
  private static final int MOST = 25;

  private final double[][] x;
  private final double[] y;
  private final double[] mean;
  private final double[] coefficients;
  private final double[][] inverse;
  private final double[] working;
  private final boolean converged;

  private QuasiPoisson(
      double[][] x,
      double[] y,
      double[] mean,
      double[] coefficients,
      double[][] inverse,
      double[] working,
      boolean converged) {
    this.x = x;
    this.y = y;
    this.mean = mean;
    this.coefficients = coefficients;
    this.inverse = inverse;
    this.working = working;
    this.converged = converged;
  }

  /**
   * Fits.
   *
   * @param x a row for each count
   * @param y counts
   * @param weights of each row
   */
  static QuasiPoisson fit(double[][] x, double[] y, double[] weights) {
    int n = y.length;
    int p = x[0].length;
    double[] eta = new double[n];
    double[] mean = new double[n];
    for (int i = 0; i < n; i++) {
      mean[i] = y[i] + 0.1;
      eta[i] = Math.log(mean[i]);
    }
    double[] working = new double[n];
    double[] coefficients = new double[p];
    double[][] inverse = new double[p][p];
    double deviance = deviance(y, mean, weights);
    boolean converged = false;
    for (int turn = 0; turn < MOST && !converged; turn++) {
      double[][] normal = new double[p][p];
      double[] right = new double[p];
      for (int i = 0; i < n; i++) {
        working[i] = weights[i] * mean[i];
        double z = eta[i] + (y[i] - mean[i]) / mean[i];
        for (int a = 0; a < p; a++) {
          right[a] += working[i] * x[i][a] * z;
          for (int b = 0; b <= a; b++) {
            normal[a][b] += working[i] * x[i][a] * x[i][b];
          }
        }
      }
      inverse = PositiveDefinite.inverse(normal);
      for (int a = 0; a < p; a++) {
        coefficients[a] = 0;
        for (int b = 0; b < p; b++) {
          coefficients[a] += inverse[a][b] * right[b];
        }
      }
      for (int i = 0; i < n; i++) {
        eta[i] = PositiveDefinite.product(x[i], coefficients);
        mean[i] = Math.exp(eta[i]);
      }
      double now = deviance(y, mean, weights);
      converged = Math.abs(now - deviance) / (0.1 + Math.abs(now)) < ENOUGH;
      if (!Double.isFinite(now)) {
        break;
      }
      deviance = now;
    }
    return new QuasiPoisson(x, y, mean, coefficients, inverse, working, converged);
  }

  private static double deviance(double[] y, double[] mean, double[] weights) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += 2 * weights[i] * ((y[i] > 0 ? y[i] * Math.log(y[i] / mean[i]) : 0) - (y[i] - mean[i]));
    }
    return sum;
  }

  boolean converged() {
    return converged;
  }

  double coefficient(int a) {
    return coefficients[a];
  }

  private int freedom() {
    return y.length - coefficients.length;
  }

  /** Pearson's estimate of the dispersion. */
  double dispersion() {
    return dispersion(working);
  }

  /**
   * The same with other weights in the place of the working ones, as {@code surveillance} has it
   * when counts were reweighted.
   */
  double dispersion(double[] weights) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double residual = (y[i] - mean[i]) / mean[i];
      sum += weights[i] * residual * residual;
    }
    return sum / freedom();
  }

  /** Anscombe's residuals of Poisson counts, over their standard deviation. */
  double[] anscombe(double dispersion) {
    double[] residuals = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      double leverage = working[i] * variance(x[i]);
      residuals[i] =
          1.5
              * (Math.pow(y[i], 2.0 / 3) * Math.pow(mean[i], -1.0 / 6) - Math.sqrt(mean[i]))
              / Math.sqrt(dispersion * (1 - leverage));
    }
    return residuals;
  }

  /** The variance of a linear predictor, in units of the dispersion. */
  double variance(double[] row) {
    double sum = 0;
    for (int a = 0; a < row.length; a++) {
      sum += row[a] * PositiveDefinite.product(inverse[a], row);
    }
    return sum;
  }

  /** The linear predictor of a row. */
  double predictor(double[] row) {
    return PositiveDefinite.product(row, coefficients);
  }

  /** Two-sided p-value of a coefficient, by Student's t. */
  double probability(int a, double dispersion) {
    double t = coefficients[a] / Math.sqrt(dispersion * inverse[a][a]);
    return 2 * TDistribution.of(freedom()).survivalProbability(Math.abs(t));
  }
}
