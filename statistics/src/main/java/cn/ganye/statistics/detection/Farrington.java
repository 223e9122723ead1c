package cn.ganye.statistics.detection;

import cn.ganye.statistics.StatisticsProblem;
import java.util.Arrays;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Farrington flexible (Farrington, Andrews, Beale and Catchpole, JRSS A 159 (1996); Noufaily et
 * al., Statistics in Medicine 32 (2013)): a count against what a quasi-Poisson regression expects
 * from the same weeks of earlier years, where counts that were themselves outbreaks weigh less.
 *
 * @param frequency periods of a year
 * @param years back, b
 * @param halfWindow periods on each side of the same one in earlier years, w
 * @param periods into which the rest of each year is parted as a seasonal factor; 1 for none
 * @param reweight whether counts with large residuals weigh less
 * @param weightsThreshold residuals above which they do
 * @param alpha probability beyond the bound
 * @param trend whether a trend is tried
 * @param trendProbability p-value below which it is kept
 * @param leastCases cases that the last periods together must have for an alarm
 * @param lastPeriods how many those are
 * @param power of the transformation for {@link Bound#DELTA}
 * @param bound how the upper bound is found
 * @param notIncluded periods just before the present one that are left out
 */
public record Farrington(
    int frequency,
    int years,
    int halfWindow,
    int periods,
    boolean reweight,
    double weightsThreshold,
    double alpha,
    boolean trend,
    double trendProbability,
    int leastCases,
    int lastPeriods,
    Power power,
    Bound bound,
    int notIncluded) {
  private static final int YEARS_FOR_TREND = 3;
  private static final double FUZZ = 64 * Math.ulp(1.0);

  /** Exponents under which counts are taken for normal. */
  public enum Power {
    TWO_THIRDS,
    ONE_HALF,
    NONE
  }

  /** How the upper bound is found from the expected count and its dispersion. */
  public enum Bound {
    /** Normal after a power transformation (Farrington et al. 1996, section 3.6). */
    DELTA,
    /** Quantile of a negative binomial with the expected count (Noufaily et al. 2013). */
    NB_PLUGIN,
    /** The same with the upper end of the expected count (Manitz and Höhle 2013). */
    MUAN
  }

  /**
   * The settings that R's {@code farringtonFlexible} takes if none are asked for.
   *
   * @param frequency periods of a year
   */
  public static Farrington usual(int frequency) {
    return new Farrington(
        frequency, 5, 3, 1, true, 2.58, 0.05, true, 0.05, 5, 4, Power.TWO_THIRDS, Bound.DELTA, 3);
  }

  /**
   * Checks the settings.
   *
   * @throws StatisticsProblem if one is out of its range
   */
  public Farrington {
    if (frequency < 1 || years < 1 || halfWindow < 0 || periods < 1 || notIncluded < 0) {
      throw new StatisticsProblem(
          "farrington-settings",
          "years, windows and periods are whole numbers, at least 1",
          "mend the settings");
    }
    if (2 * halfWindow + 1 > frequency) {
      throw new StatisticsProblem(
          "window-wide",
          "windows of " + (2 * halfWindow + 1) + " periods overlap in a year of " + frequency,
          "give a smaller --half-window");
    }
    if (periods > 1 && frequency - 2 * halfWindow - 1 < periods - 1) {
      throw new StatisticsProblem(
          "periods-many",
          periods + " seasonal periods do not fit into a year of " + frequency,
          "give fewer --periods");
    }
  }

  /** The first point about which something can be said, in periods from 0: years·frequency + w. */
  public int first() {
    return frequency * years + halfWindow;
  }

  /**
   * Detects (Noufaily et al. 2013, pp. 1206–1222; its other bounds, Farrington et al. 1996, section
   * 3.6, and Manitz and Höhle, Biometrical Journal 55 (2013), 509–526).
   *
   * @param counts one for each period, not negative; NaN where missing
   * @throws StatisticsProblem if there are no more counts than {@link #first} periods
   * @return statistic the exceedance score, above 1 an alarm; threshold the upper bound, empty
   *     where fewer cases than asked for were seen
   */
  public Detection[] detect(double[] counts) {
    if (counts.length <= first()) {
      throw new StatisticsProblem(
          "series-short",
          counts.length
              + " points are too few: "
              + years
              + " years of "
              + frequency
              + " come before the first",
          "give a longer series, fewer --baseline years, or the right --frequency");
    }
    for (double count : counts) {
      if (count < 0) {
        throw new StatisticsProblem(
            "count-negative", count + " is no count", "Farrington is for counts, 0 and above");
      }
    }
    Detection[] found = new Detection[counts.length];
    Arrays.fill(found, Detection.UNDEFINED);
    for (int k = first(); k < counts.length; k++) {
      found[k] = at(counts, k);
    }
    return found;
  }

  private Detection at(double[] counts, int k) {
    if (Double.isNaN(counts[k])) {
      return Detection.UNDEFINED;
    }
    Reference reference = reference(counts, k);
    Model model = model(reference, trend, k);
    if (model == null) {
      return Detection.UNDEFINED;
    }
    if (model.trend()) {
      double expected = Math.exp(model.fit().predictor(model.now()));
      boolean significant = model.fit().probability(1, model.dispersion()) < trendProbability;
      double highest = Arrays.stream(reference.counts()).max().orElse(0);
      if (years < YEARS_FOR_TREND || !significant || expected > highest) {
        model = model(reference, false, k);
        if (model == null) {
          return Detection.UNDEFINED;
        }
      }
    }
    double eta = model.fit().predictor(model.now());
    double error = Math.sqrt(model.dispersion() * model.fit().variance(model.now()));
    double upper = upper(eta, error, model.phi());
    double from = bound == Bound.DELTA ? Math.exp(eta) : eta;
    double score = (counts[k] - from) / (upper - from);
    double recent = 0;
    for (int i = Math.max(0, k - lastPeriods + 1); i <= k; i++) {
      recent += counts[i];
    }
    boolean enough = recent >= leastCases;
    return enough
        ? Detection.of(score, upper, score > 1 && counts[k] != 0)
        : Detection.of(score, Double.NaN, false);
  }

  private double upper(double eta, double error, double phi) {
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(alpha);
    if (bound == Bound.DELTA) {
      double mean = Math.exp(eta);
      double tau = phi + mean * error * error;
      return switch (power) {
        case NONE -> mean + z * Math.sqrt(mean * tau);
        case ONE_HALF -> {
          double root = Math.sqrt(mean) + z * Math.sqrt(tau / 4);
          yield root * root;
        }
        case TWO_THIRDS ->
            Math.pow(Math.pow(mean, 2.0 / 3) + z * Math.sqrt(4.0 / 9 * Math.cbrt(mean) * tau), 1.5);
      };
    }
    double mean = Math.exp(bound == Bound.MUAN ? eta + z * error : eta);
    return phi > 1 ? negativeBinomial(mean / (phi - 1), 1 / phi) : poisson(mean);
  }

  /** The least count up to which all but alpha of the probability lies. */
  private double poisson(double mean) {
    return PoissonDistribution.of(mean).inverseCumulativeProbability((1 - alpha) * (1 - FUZZ));
  }

  private double negativeBinomial(double size, double probability) {
    double wanted = (1 - alpha) * (1 - FUZZ);
    long low = -1;
    long high = 1;
    while (RegularizedBeta.value(probability, size, high + 1.0) < wanted) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (middle >= 0 && RegularizedBeta.value(probability, size, middle + 1.0) >= wanted) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /** Counts of the past that tell what to expect, each with its time and seasonal period. */
  private record Reference(double[] counts, int[] times, int[] seasons) {}

  private Reference reference(double[] counts, int k) {
    int[] season = new int[counts.length];
    Arrays.fill(season, k - halfWindow, k + 1, periods);
    for (int year = 1; year <= years; year++) {
      int same = k - year * frequency;
      Arrays.fill(season, same - halfWindow, same + halfWindow + 1, periods);
      if (periods > 1) {
        part(season, same + halfWindow + 1, frequency - 2 * halfWindow - 1);
      }
    }
    Arrays.fill(season, Math.max(0, k - notIncluded), k + 1, 0);
    int n = 0;
    for (int i = 0; i <= k; i++) {
      n += season[i] > 0 && !Double.isNaN(counts[i]) ? 1 : 0;
    }
    double[] seen = new double[n];
    int[] times = new int[n];
    int[] seasons = new int[n];
    for (int i = 0, at = 0; i <= k; i++) {
      if (season[i] > 0 && !Double.isNaN(counts[i])) {
        seen[at] = counts[i];
        times[at] = i + 1;
        seasons[at++] = season[i];
      }
    }
    return new Reference(seen, times, seasons);
  }

  /** Parts what lies between two windows into periods of nearly equal length. */
  private void part(int[] season, int from, int length) {
    int each = length / (periods - 1);
    int more = length % (periods - 1);
    int at = from;
    for (int period = 1; period < periods; period++) {
      int end = at + each + (period <= more ? 1 : 0);
      Arrays.fill(season, at, end, period);
      at = end;
    }
  }

  /**
   * A fitted regression.
   *
   * @param dispersion that its standard errors are measured by
   * @param phi dispersion of counts, 1 at least
   * @param now the row of the present point
   */
  private record Model(
      QuasiPoisson fit, boolean trend, double dispersion, double phi, double[] now) {}

  private @Nullable Model model(Reference reference, boolean withTrend, int k) {
    double[][] rows = rows(reference, withTrend);
    int n = rows.length;
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    if (n <= rows[0].length) {
      return null;
    }
    QuasiPoisson fit = QuasiPoisson.fit(rows, reference.counts(), weights);
    if (!fit.converged()) {
      return withTrend ? model(reference, false, k) : null;
    }
    double phi = Math.max(fit.dispersion(), 1);
    double dispersion = fit.dispersion();
    if (reweight) {
      weights = weights(fit.anscombe(phi));
      fit = QuasiPoisson.fit(rows, reference.counts(), weights);
      phi = Math.max(fit.dispersion(), 1);
      dispersion = fit.dispersion(weights);
    }
    return new Model(fit, withTrend, dispersion, phi, row(k + 1, periods, withTrend));
  }

  /** Counts with large residuals weigh less; all together as much as there are. */
  private double[] weights(double[] residuals) {
    double sum = 0;
    double[] weights = new double[residuals.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = residuals[i] > weightsThreshold ? 1 / (residuals[i] * residuals[i]) : 1;
      sum += weights[i];
    }
    double gamma = weights.length / sum;
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= gamma;
    }
    return weights;
  }

  private double[][] rows(Reference reference, boolean withTrend) {
    double[][] rows = new double[reference.counts().length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(reference.times()[i], reference.seasons()[i], withTrend);
    }
    return rows;
  }

  /** One, the time, and whether it is each of the seasonal periods after the first. */
  private double[] row(int time, int season, boolean withTrend) {
    int ahead = withTrend ? 2 : 1;
    double[] row = new double[ahead + periods - 1];
    row[0] = 1;
    if (withTrend) {
      row[1] = time;
    }
    if (season > 1) {
      row[ahead + season - 2] = 1;
    }
    return row;
  }
}
