package cn.ganye.synth;

/** Splits a whole number by weights. */
final class Shares {
  private Shares() {}

  /** Largest remainder (Hamilton): parts sum to the total; ties go to the earlier one. */
  static long[] largestRemainder(long total, long[] weights) {
    long sum = 0;
    for (long weight : weights) {
      sum += weight;
    }
    long[] parts = new long[weights.length];
    double[] remainders = new double[weights.length];
    long given = 0;
    for (int i = 0; i < weights.length; i++) {
      parts[i] =
          Math.multiplyHigh(total, weights[i]) == 0
              ? total * weights[i] / sum
              : (long) ((double) total * weights[i] / sum);
      remainders[i] = (double) total * weights[i] / sum - parts[i];
      given += parts[i];
    }
    for (long left = total - given; left > 0; left--) {
      int best = 0;
      for (int i = 1; i < parts.length; i++) {
        if (remainders[i] > remainders[best]) {
          best = i;
        }
      }
      parts[best]++;
      remainders[best] = -1;
    }
    return parts;
  }
}
