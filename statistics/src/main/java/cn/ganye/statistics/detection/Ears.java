package cn.ganye.statistics.detection;

import cn.ganye.statistics.StatisticsProblem;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * EARS C1, C2 and C3 (Hutwagner, Thompson, Seeman and Treadwell, Journal of Urban Health 80 (2003),
 * p. i91; Fricker, Hegler and Dunfee, Statistics in Medicine 27 (2008), section 2.1): the count
 * against mean and standard deviation of a short baseline, just before it (C1) or two points
 * earlier (C2), or what exceeds it over three points (C3).
 */
public final class Ears {
  private static final int LEAST = 3;
  private static final int LAG = 2;

  /** Which of the three. */
  public enum Kind {
    C1,
    C2,
    C3
  }

  private Ears() {}

  /**
   * The false-alarm probability that each has if none is asked for: that of R's {@code
   * surveillance}, {@code earsC}.
   */
  public static double alpha(Kind kind) {
    return kind == Kind.C3 ? 0.025 : 0.001;
  }

  /**
   * Detects (Fricker, Hegler and Dunfee 2008, section 2.1).
   *
   * @param kind which of the three
   * @param counts one for each period; a point is undefined if one that it needs is NaN, missing
   * @param baseline points of the baseline, 3 at least; usually 7
   * @param alpha probability of an alarm without cause at one point
   * @throws StatisticsProblem if the baseline is shorter
   * @return one for each period: statistic C, in standard deviations; threshold the highest count
   *     without alarm. If all of a baseline is equal the statistic is not defined, and anything
   *     above is an alarm
   */
  public static Detection[] detect(Kind kind, double[] counts, int baseline, double alpha) {
    if (baseline < LEAST) {
      throw new StatisticsProblem(
          "baseline-short",
          "a baseline of " + baseline + " has no spread worth the name",
          "give --baseline " + LEAST + " or more");
    }
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(alpha);
    Detection[] found = new Detection[counts.length];
    Arrays.fill(found, Detection.UNDEFINED);
    int lag = kind == Kind.C1 ? 0 : LAG;
    int first = baseline + (kind == Kind.C3 ? 2 * LAG : lag);
    for (int t = first; t < counts.length; t++) {
      Baseline now = Baseline.before(counts, t - lag, baseline);
      double off = (counts[t] - now.mean()) / now.deviation();
      double bound = now.mean() + z * now.deviation();
      double statistic = off;
      if (kind == Kind.C3) {
        double earlier =
            excess(counts, t - 1, lag, baseline) + excess(counts, t - 2, lag, baseline);
        statistic = Math.max(0, off - 1) + earlier;
        bound = Math.max(0, counts[t] + now.deviation() * (z - earlier));
        if (now.deviation() == 0 && Double.isInfinite(earlier)) {
          bound = Double.NaN;
        }
      }
      if (!Double.isNaN(counts[t]) && !Double.isNaN(bound)) {
        found[t] =
            Detection.of(
                Double.isInfinite(statistic) ? Double.NaN : statistic, bound, counts[t] > bound);
      }
    }
    return found;
  }

  private static double excess(double[] counts, int t, int lag, int baseline) {
    Baseline then = Baseline.before(counts, t - lag, baseline);
    return Math.max(0, (counts[t] - then.mean()) / then.deviation() - 1);
  }

  private record Baseline(double mean, double deviation) {
    static Baseline before(double[] counts, int end, int length) {
      double sum = 0;
      for (int i = end - length; i < end; i++) {
        sum += counts[i];
      }
      double mean = sum / length;
      double squares = 0;
      for (int i = end - length; i < end; i++) {
        squares += (counts[i] - mean) * (counts[i] - mean);
      }
      return new Baseline(mean, Math.sqrt(squares / (length - 1)));
    }
  }
}
