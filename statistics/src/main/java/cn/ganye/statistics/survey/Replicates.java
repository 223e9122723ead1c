package cn.ganye.statistics.survey;

import cn.ganye.statistics.StatisticsProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Replicates of the weights: by how much the clusters of the first stage are multiplied in each,
 * and how the figures of the replicates make a variance, about their mean. A correction for finite
 * populations stands in the scale; only that of the first stage can.
 */
public final class Replicates {
  private final int[] cluster;
  private final List<double[]> factors;
  private final double[] scales;
  private final double scale;

  private Replicates(int[] cluster, List<double[]> factors, double[] scales, double scale) {
    this.cluster = cluster;
    this.factors = factors;
    this.scales = scales;
    this.scale = scale;
  }

  /**
   * The jackknife of a design without strata: each replicate leaves a cluster out (Wolter,
   * Introduction to Variance Estimation, 2007, section 4.2).
   *
   * @return as many as there are clusters, scaled by (n−1)/n and the part not sampled
   * @throws StatisticsProblem if the design has strata
   */
  public static Replicates jk1(SurveyDesign design) {
    if (design.stratified()) {
      throw new StatisticsProblem(
          "jk1-with-strata",
          "jk1 leaves strata out of account",
          "use --replicates jkn for a design with strata");
    }
    return jackknife(design);
  }

  /**
   * The jackknife of a design with strata: each replicate leaves a cluster out and raises the
   * others of its stratum (Wolter 2007, section 4.5; Rust and Rao, Statistical Methods in Medical
   * Research 5 (1996), 283–310).
   *
   * @return as many as there are clusters in strata that were not sampled whole
   * @throws StatisticsProblem if the design has no strata, or one of them a single sampled cluster
   *     and the design does not say what to do about it
   */
  public static Replicates jkn(SurveyDesign design) {
    if (!design.stratified()) {
      throw new StatisticsProblem(
          "jkn-without-strata",
          "jkn is for a design with strata",
          "use --replicates jk1, or say the strata with --strata");
    }
    return jackknife(design);
  }

  private static Replicates jackknife(SurveyDesign design) {
    SurveyDesign.Stage stage = design.first();
    int[] stratumOf = stratumOf(stage);
    int strata = stage.sampled().length;
    List<double[]> factors = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    for (int c = 0; c < stratumOf.length; c++) {
      int h = stratumOf[c];
      int n = stage.sampled()[h];
      double unsampled = stage.unsampled(h);
      if (unsampled < SurveyDesign.NOTHING) {
        continue;
      }
      double[] factor = new double[stratumOf.length];
      if (n > 1) {
        for (int other = 0; other < factor.length; other++) {
          factor[other] = stratumOf[other] != h ? 1 : other == c ? 0 : (double) n / (n - 1);
        }
        scales.add(unsampled * (n - 1) / n);
      } else if (design.lonely() == LonelyPsu.FAIL) {
        throw SurveyDesign.alone(stage, h, 0);
      } else if (design.lonely() == LonelyPsu.ADJUST) {
        for (int other = 0; other < factor.length; other++) {
          factor[other] = other == c ? 0 : (double) strata / (strata - 1);
        }
        scales.add((double) (strata - 1) / strata);
      } else {
        continue;
      }
      factors.add(factor);
    }
    double scale =
        design.lonely() == LonelyPsu.AVERAGE && !factors.isEmpty()
            ? (double) stratumOf.length / factors.size()
            : 1;
    return new Replicates(
        stage.cluster(),
        factors,
        scales.stream().mapToDouble(Double::doubleValue).toArray(),
        scale);
  }

  /**
   * The rescaling bootstrap: in each stratum one cluster fewer than it has is drawn with
   * replacement, and weights are scaled so that the variance is unbiased for totals, with the
   * correction for finite populations in them (Rao and Wu, JASA 83 (1988); Rao, Wu and Yue, Survey
   * Methodology 18 (1992)).
   *
   * @param count of replicates, 2 at least
   * @param seed of the draw: the same seed, the same replicates
   * @throws StatisticsProblem if a stratum has a single sampled cluster and the design does not say
   *     what to do about it
   * @throws IllegalArgumentException if there are fewer than two
   */
  public static Replicates bootstrap(SurveyDesign design, int count, long seed) {
    if (count < 2) {
      throw new IllegalArgumentException(count + " replicates have no variance");
    }
    SurveyDesign.Stage stage = design.first();
    int[] stratumOf = stratumOf(stage);
    int[][] members = members(stage, stratumOf);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<double[]> factors = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      double[] factor = new double[stratumOf.length];
      Arrays.fill(factor, 1);
      for (int h = 0; h < members.length; h++) {
        int n = members[h].length;
        double unsampled = stage.unsampled(h);
        if (n == 1) {
          if (unsampled >= SurveyDesign.NOTHING && design.lonely() == LonelyPsu.FAIL) {
            throw SurveyDesign.alone(stage, h, 0);
          }
          continue;
        }
        double reach = Math.sqrt(Math.max(0, unsampled));
        for (int c : members[h]) {
          factor[c] = 1 - reach;
        }
        for (int draw = 0; draw < n - 1; draw++) {
          factor[members[h][random.nextInt(n)]] += reach * n / (n - 1);
        }
      }
      factors.add(factor);
    }
    double[] scales = new double[count];
    Arrays.fill(scales, 1.0 / (count - 1));
    return new Replicates(stage.cluster(), factors, scales, 1);
  }

  private static int[] stratumOf(SurveyDesign.Stage stage) {
    int[] stratumOf = new int[stage.clusters()];
    for (int i = 0; i < stage.cluster().length; i++) {
      stratumOf[stage.cluster()[i]] = stage.stratum()[i];
    }
    return stratumOf;
  }

  private static int[][] members(SurveyDesign.Stage stage, int[] stratumOf) {
    int[][] members = new int[stage.sampled().length][];
    int[] filled = new int[members.length];
    for (int h = 0; h < members.length; h++) {
      members[h] = new int[stage.sampled()[h]];
    }
    for (int c = 0; c < stratumOf.length; c++) {
      int h = stratumOf[c];
      members[h][filled[h]++] = c;
    }
    return members;
  }

  /** How many there are. */
  public int count() {
    return factors.size();
  }

  double[] factors(int replicate) {
    return factors.get(replicate);
  }

  double[] weights(int replicate, double[] weights) {
    double[] factor = factors.get(replicate);
    double[] now = new double[weights.length];
    Arrays.setAll(now, i -> weights[i] * factor[cluster[i]]);
    return now;
  }

  /** Weighted sums of the rows' values by cluster. */
  double[] sums(double[] values, double[] weights) {
    double[] sums = new double[Arrays.stream(cluster).max().orElse(-1) + 1];
    for (int i = 0; i < values.length; i++) {
      sums[cluster[i]] += weights[i] * values[i];
    }
    return sums;
  }

  /** The variance that figures of the replicates make; one that has none is left out. */
  double variance(double[] values) {
    double mean = 0;
    int told = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        mean += value;
        told++;
      }
    }
    mean /= told;
    double sum = 0;
    for (int r = 0; r < values.length; r++) {
      if (!Double.isNaN(values[r])) {
        sum += scales[r] * (values[r] - mean) * (values[r] - mean);
      }
    }
    return scale * sum;
  }
}
