package cn.ganye.statistics.disclosure;

/**
 * For each count the distribution of what is shown in its place: of all distributions with the
 * count as mean, a given variance, no value further away than a given distance, and neither one nor
 * two among the values, the one of maximum entropy. Such a distribution has the form exp(a·d +
 * b·d²) in the distance d; a and b are found by Newton's method. For one and two the conditions
 * leave only zero and three, so their variance is 2 whatever is asked.
 *
 * <p>After Giessing, Computational issues in the design of transition probabilities and disclosure
 * risk estimation for additive noise, PSD 2016; Meindl and Enderle, cellKey and ptable (2019).
 */
final class NoiseTable {
  private static final int NOT_SHOWN = 2;
  private static final int STEPS = 200;
  private static final double ENOUGH = 1e-13;

  private final int distance;
  private final double variance;
  private final double[][] cumulative;

  /**
   * @param distance furthest from the count that is shown, at least 3
   * @param variance of the noise, at least 2
   */
  NoiseTable(int distance, double variance) {
    if (distance < 3 || variance < 2 || variance > distance * distance / 3.0) {
      throw new IllegalArgumentException(
          "no such noise: distance " + distance + ", variance " + variance);
    }
    this.distance = distance;
    this.variance = variance;
    int different = distance + NOT_SHOWN + 1;
    cumulative = new double[different + 1][];
    for (int count = 1; count <= different; count++) {
      cumulative[count] = cumulated(probabilities(count));
    }
  }

  /**
   * What is shown for a count.
   *
   * @param uniform between 0 (included) and 1 (excluded)
   */
  long shown(long count, double uniform) {
    if (count == 0) {
      return 0;
    }
    int row = (int) Math.min(count, cumulative.length - 1);
    double[] sums = cumulative[row];
    int at = 0;
    while (at < sums.length - 1 && uniform >= sums[at]) {
      at++;
    }
    return count - distance + at;
  }

  /** Probabilities of count − distance … count + distance. */
  double[] probabilities(int count) {
    double[] probabilities = new double[2 * distance + 1];
    if (count <= NOT_SHOWN) {
      probabilities[distance - count] = 1 - count / 3.0;
      probabilities[distance + 3 - count] = count / 3.0;
      return probabilities;
    }
    double a = 0;
    double b = -1 / (2 * variance);
    for (int step = 0; step < STEPS; step++) {
      double[] moments = moments(count, a, b, probabilities);
      double mean = moments[1];
      double square = moments[2] - variance;
      if (Math.abs(mean) + Math.abs(square) < ENOUGH) {
        return probabilities;
      }
      double da = moments[2] - moments[1] * moments[1];
      double ab = moments[3] - moments[1] * moments[2];
      double db = moments[4] - moments[2] * moments[2];
      double determinant = da * db - ab * ab;
      a -= (mean * db - square * ab) / determinant;
      b -= (square * da - mean * ab) / determinant;
    }
    throw new IllegalStateException("no noise of variance " + variance + " for " + count);
  }

  /** Fills the probabilities; gives their moments about the count, the zeroth to the fourth. */
  private double[] moments(int count, double a, double b, double[] probabilities) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      int d = i - distance;
      int value = count + d;
      boolean allowed = value == 0 || value > NOT_SHOWN;
      probabilities[i] = allowed ? Math.exp(a * d + b * d * d) : 0;
      sum += probabilities[i];
    }
    double[] moments = new double[5];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] /= sum;
      double power = probabilities[i];
      for (int k = 0; k < moments.length; k++) {
        moments[k] += power;
        power *= i - distance;
      }
    }
    return moments;
  }

  private static double[] cumulated(double[] probabilities) {
    double[] sums = new double[probabilities.length];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += probabilities[i];
      sums[i] = sum;
    }
    return sums;
  }
}
