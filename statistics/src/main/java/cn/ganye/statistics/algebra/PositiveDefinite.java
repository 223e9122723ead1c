package cn.ganye.statistics.algebra;

/** Symmetric positive definite matrices of a few rows. */
public final class PositiveDefinite {
  private PositiveDefinite() {}

  /**
   * The inverse, by the Cholesky factor of the matrix scaled to a unit diagonal (Golub and Van
   * Loan, Matrix Computations, 2013, section 4.2).
   *
   * @param matrix square, of which the lower triangle is read
   * @return NaN throughout if the matrix is not positive definite
   */
  public static double[][] inverse(double[][] matrix) {
    int p = matrix.length;
    double[] scale = new double[p];
    for (int a = 0; a < p; a++) {
      scale[a] = matrix[a][a] > 0 ? 1 / Math.sqrt(matrix[a][a]) : 1;
    }
    double[][] root = new double[p][p];
    for (int a = 0; a < p; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = matrix[a][b] * scale[a] * scale[b];
        for (int k = 0; k < b; k++) {
          sum -= root[a][k] * root[b][k];
        }
        root[a][b] = a == b ? Math.sqrt(sum) : sum / root[b][b];
      }
    }
    double[][] inverse = new double[p][p];
    for (int column = 0; column < p; column++) {
      double[] solved = new double[p];
      for (int a = 0; a < p; a++) {
        double sum = a == column ? 1 : 0;
        for (int k = 0; k < a; k++) {
          sum -= root[a][k] * solved[k];
        }
        solved[a] = sum / root[a][a];
      }
      for (int a = p - 1; a >= 0; a--) {
        for (int k = a + 1; k < p; k++) {
          solved[a] -= root[k][a] * solved[k];
        }
        solved[a] /= root[a][a];
      }
      for (int a = 0; a < p; a++) {
        inverse[a][column] = solved[a] * scale[a] * scale[column];
      }
    }
    return inverse;
  }

  /**
   * The sum of products of two rows of numbers.
   *
   * @throws IndexOutOfBoundsException if the second is shorter
   */
  public static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
