package cn.ganye.statistics.survey;

import cn.ganye.statistics.algebra.PositiveDefinite;

/**
 * Columns made orthonormal by Gram–Schmidt, twice over (Björck, Numerical Methods for Least Squares
 * Problems, SIAM 1996, section 2.4.5); a column that the ones before it make up is left out.
 */
final class OrthogonalColumns {
  private static final double DEPENDENT = 1e-10;

  private final double[][] basis;
  private final double[][] triangle;
  private final int[] kept;

  /**
   * @param columns each as long as there are rows
   */
  OrthogonalColumns(double[][] columns) {
    int p = columns.length;
    double[][] found = new double[p][];
    double[][] told = new double[p][p];
    int[] which = new int[p];
    int rank = 0;
    for (int j = 0; j < p; j++) {
      double[] column = columns[j].clone();
      double length = Math.sqrt(PositiveDefinite.product(column, column));
      for (int twice = 0; twice < 2; twice++) {
        for (int k = 0; k < rank; k++) {
          double along = PositiveDefinite.product(found[k], column);
          told[k][j] += along;
          for (int i = 0; i < column.length; i++) {
            column[i] -= along * found[k][i];
          }
        }
      }
      double left = Math.sqrt(PositiveDefinite.product(column, column));
      if (left > DEPENDENT * length) {
        for (int i = 0; i < column.length; i++) {
          column[i] /= left;
        }
        told[rank][j] = left;
        which[rank] = j;
        found[rank++] = column;
      }
    }
    basis = java.util.Arrays.copyOf(found, rank);
    triangle = told;
    kept = java.util.Arrays.copyOf(which, rank);
  }

  int rank() {
    return basis.length;
  }

  /** What of a column is orthogonal to all. */
  double[] residual(double[] column) {
    double[] left = column.clone();
    for (double[] direction : basis) {
      double along = PositiveDefinite.product(direction, left);
      for (int i = 0; i < left.length; i++) {
        left[i] -= along * direction[i];
      }
    }
    return left;
  }

  /** The shortest column whose products with the columns are given; of those left out not asked. */
  double[] withProducts(double[] products) {
    double[] along = new double[rank()];
    double[] column = new double[basis.length == 0 ? 0 : basis[0].length];
    for (int k = 0; k < along.length; k++) {
      double sum = products[kept[k]];
      for (int before = 0; before < k; before++) {
        sum -= triangle[before][kept[k]] * along[before];
      }
      along[k] = sum / triangle[k][kept[k]];
      for (int i = 0; i < column.length; i++) {
        column[i] += along[k] * basis[k][i];
      }
    }
    return column;
  }

  /** By how much of each column a column in their span is made up; of those left out by none. */
  double[] coefficients(double[] column) {
    double[] coefficients = new double[triangle.length];
    for (int k = rank() - 1; k >= 0; k--) {
      double sum = PositiveDefinite.product(basis[k], column);
      for (int after = k + 1; after < rank(); after++) {
        sum -= triangle[k][kept[after]] * coefficients[kept[after]];
      }
      coefficients[kept[k]] = sum / triangle[k][kept[k]];
    }
    return coefficients;
  }
}
