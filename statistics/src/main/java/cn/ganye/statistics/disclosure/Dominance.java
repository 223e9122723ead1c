package cn.ganye.statistics.disclosure;

import java.util.Arrays;

/**
 * The rule of dominance: a sum is sensitive if its n largest contributions make up more than k per
 * cent of it, or if too few contribute (Hundepool et al., Statistical Disclosure Control, 2012,
 * section 4.2.1).
 *
 * @param n contributions that are looked at together, 1 at least
 * @param k per cent of the sum that they may make up, above 0 and below 100
 * @param fewest contributions that a sum must have
 */
public record Dominance(int n, double k, int fewest) {
  /**
   * Checks the rule.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Dominance {
    if (n < 1 || !(k > 0 && k < 100) || fewest < 1) {
      throw new IllegalArgumentException("no rule of dominance: n " + n + ", k " + k);
    }
  }

  /**
   * Whether a sum must not be shown (Hundepool et al. 2012, section 4.2.1).
   *
   * @param contributions to the sum, in its unit, not negative
   */
  public boolean isSensitive(long[] contributions) {
    return protection(contributions) > 0;
  }

  /**
   * How far from the sum its value must stay open: so far that with that much more the largest no
   * longer dominate; 0 if it may be shown. A sum of too few is protected by its whole value.
   *
   * @param contributions to the sum, in its unit, not negative
   * @return in the same unit
   */
  public long protection(long[] contributions) {
    long[] sorted = Arrays.stream(contributions).filter(c -> c > 0).sorted().toArray();
    long sum = Arrays.stream(sorted).sum();
    if (sum == 0) {
      return 0;
    }
    if (sorted.length < fewest) {
      return sum;
    }
    long largest = 0;
    for (int i = Math.max(0, sorted.length - n); i < sorted.length; i++) {
      largest += sorted[i];
    }
    return Math.max(0, (long) Math.ceil(100 / k * largest - sum));
  }
}
