package cn.ganye.statistics.survey;

import cn.ganye.statistics.StatisticsProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a sample was drawn: strata, clusters of one or more stages, sizes of the population, weights.
 * Clusters are nested in strata, those of a later stage in those of the one before; the strata of a
 * later stage are the clusters of the one before.
 */
public final class SurveyDesign {
  /** One stage of sampling. */
  record Stage(int[] cluster, int[] stratum, int[] sampled, double[] population) {
    /** Whether sizes of the population are known. */
    boolean corrected() {
      return population.length > 0;
    }

    /** The part of a stratum that was not sampled. */
    double unsampled(int h) {
      return corrected() ? (population[h] - sampled[h]) / population[h] : 1;
    }

    int clusters() {
      return Arrays.stream(sampled).sum();
    }
  }

  /** Less than this part unsampled counts as nothing. */
  static final double NOTHING = 1e-7;

  private final List<Stage> stages;
  private final double[] weights;
  private final boolean stratified;
  private final LonelyPsu lonely;

  private SurveyDesign(List<Stage> stages, double[] weights, boolean stratified, LonelyPsu lonely) {
    this.stages = stages;
    this.weights = weights;
    this.stratified = stratified;
    this.lonely = lonely;
  }

  /**
   * Describes a design (Särndal, Swensson and Wretman 1992, sections 3.7 and 4.3; Lumley, Complex
   * Surveys, 2010, chapters 2 and 3).
   *
   * @param rows of the sample; every column that follows has as many entries
   * @param strata of each row, of the first stage; null if there are none
   * @param clusters of each row, a column for each stage; empty if rows were sampled themselves
   * @param weights of each row; null if they follow from the sizes of the population, or are all
   *     one
   * @param sizes a column for each stage, of which the size is known: above one it is how many
   *     clusters the stratum has, up to one the part of them that was sampled. One column more than
   *     there are clusters says so of the rows within the last
   * @param lonely what to do about a stratum with one sampled cluster
   * @throws StatisticsProblem if sizes differ within a stratum or are smaller than the sample,
   *     weights are negative or missing, or there is only one cluster in all
   * @throws IllegalArgumentException if a column has another number of entries
   */
  public static SurveyDesign of(
      int rows,
      String @Nullable [] strata,
      List<String[]> clusters,
      double @Nullable [] weights,
      List<double[]> sizes,
      LonelyPsu lonely) {
    requireRows(rows, strata == null ? rows : strata.length);
    clusters.forEach(column -> requireRows(rows, column.length));
    requireRows(rows, weights == null ? rows : weights.length);
    sizes.forEach(column -> requireRows(rows, column.length));
    List<String[]> ids = new ArrayList<>(clusters);
    if (ids.isEmpty() || sizes.size() == ids.size() + 1) {
      String[] each = new String[rows];
      Arrays.setAll(each, String::valueOf);
      ids.add(each);
    }
    if (sizes.size() > ids.size()) {
      throw new StatisticsProblem(
          "fpc-without-stage",
          sizes.size() + " sizes of the population for " + ids.size() + " stages of sampling",
          "give one --fpc column for each --cluster column");
    }
    List<Stage> stages = new ArrayList<>();
    String[] outer = strata == null ? new String[rows] : strata;
    int[] stratum = codes(outer, new int[rows]);
    for (int s = 0; s < ids.size(); s++) {
      int[] cluster = codes(ids.get(s), stratum);
      stages.add(
          stage(s, cluster, stratum, s < sizes.size() ? sizes.get(s) : new double[0], outer));
      stratum = cluster;
      outer = ids.get(s);
    }
    if (stages.getFirst().clusters() < 2) {
      throw new StatisticsProblem(
          "one-cluster",
          "the sample has only one cluster",
          "a variance needs two at least; check the --cluster column");
    }
    return new SurveyDesign(
        List.copyOf(stages),
        weights == null ? implied(rows, stages) : checked(weights),
        strata != null,
        lonely);
  }

  private static void requireRows(int rows, int entries) {
    if (entries != rows) {
      throw new IllegalArgumentException(entries + " entries for " + rows + " rows");
    }
  }

  /** Numbers from 0 in order of appearance, one for each pair of a code and its outer one. */
  private static int[] codes(@Nullable String[] values, int[] within) {
    Map<String, Integer> known = new HashMap<>();
    int[] codes = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      String key = within[i] + "\t" + values[i];
      Integer code = known.get(key);
      if (code == null) {
        code = known.size();
        known.put(key, code);
      }
      codes[i] = code;
    }
    return codes;
  }

  private static Stage stage(
      int number, int[] cluster, int[] stratum, double[] sizes, @Nullable String[] names) {
    int strata = Arrays.stream(stratum).max().orElse(-1) + 1;
    int clusters = Arrays.stream(cluster).max().orElse(-1) + 1;
    int[] sampled = new int[strata];
    int[] first = new int[strata];
    Arrays.fill(first, -1);
    boolean[] seen = new boolean[clusters];
    for (int i = 0; i < cluster.length; i++) {
      if (!seen[cluster[i]]) {
        seen[cluster[i]] = true;
        sampled[stratum[i]]++;
      }
      if (first[stratum[i]] < 0) {
        first[stratum[i]] = i;
      }
    }
    if (sizes.length == 0) {
      return new Stage(cluster, stratum, sampled, sizes);
    }
    boolean counts = Arrays.stream(sizes).anyMatch(size -> size > 1);
    double[] population = new double[strata];
    for (int i = 0; i < sizes.length; i++) {
      double size = sizes[i];
      int h = stratum[i];
      if (!(size > 0) || (counts && size < 1)) {
        throw StatisticsProblem.ofRow(
            "fpc-invalid",
            i,
            size + " is no size of a population" + stage(number),
            "all of a column are numbers of clusters, at least 1, or all are parts, above 0 and up to 1");
      }
      if (size != sizes[first[h]]) {
        throw StatisticsProblem.ofRow(
            "fpc-varies",
            i,
            "the size of the population differs within a stratum" + stage(number) + name(names[i]),
            "one stratum has one size");
      }
      population[h] = counts ? size : sampled[h] / size;
    }
    for (int h = 0; h < strata; h++) {
      if (population[h] < sampled[h]) {
        throw StatisticsProblem.ofRow(
            "fpc-too-small",
            first[h],
            sampled[h]
                + " clusters were sampled of "
                + population[h]
                + stage(number)
                + name(names[first[h]]),
            "check the --fpc column: it counts clusters of the stratum, not people");
      }
    }
    return new Stage(cluster, stratum, sampled, population);
  }

  private static String stage(int number) {
    return number == 0 ? "" : " at stage " + (number + 1);
  }

  private static String name(@Nullable String stratum) {
    return stratum == null ? "" : ", stratum " + stratum;
  }

  private static double[] implied(int rows, List<Stage> stages) {
    double[] weights = new double[rows];
    Arrays.fill(weights, 1);
    for (Stage stage : stages) {
      if (stage.corrected()) {
        for (int i = 0; i < rows; i++) {
          int h = stage.stratum()[i];
          weights[i] *= stage.population()[h] / stage.sampled()[h];
        }
      }
    }
    return weights;
  }

  private static double[] checked(double[] weights) {
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
        throw StatisticsProblem.ofRow(
            "weight-invalid",
            i,
            Double.isNaN(weights[i]) ? "the weight is missing" : weights[i] + " is no weight",
            "a weight is how many of the population a row stands for: a number, not negative");
      }
    }
    return weights.clone();
  }

  /** Rows of the sample. */
  public int rows() {
    return weights.length;
  }

  /** A copy of the weights, before any adjustment: people that each row stands for. */
  public double[] weights() {
    return weights.clone();
  }

  /**
   * Clusters of the first stage less strata, of rows that weigh something (Lumley 2010, chapter 2;
   * {@code degf} of R's {@code survey}).
   */
  public int degreesOfFreedom() {
    Stage stage = stages.getFirst();
    boolean[] clusters = new boolean[stage.clusters()];
    boolean[] strata = new boolean[stage.sampled().length];
    int free = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && !clusters[stage.cluster()[i]]) {
        clusters[stage.cluster()[i]] = true;
        free++;
      }
      if (weights[i] > 0 && !strata[stage.stratum()[i]]) {
        strata[stage.stratum()[i]] = true;
        free--;
      }
    }
    return free;
  }

  boolean stratified() {
    return stratified;
  }

  LonelyPsu lonely() {
    return lonely;
  }

  Stage first() {
    return stages.getFirst();
  }

  /**
   * The variance of a total, from the part that each row has in it (Särndal, Swensson and Wretman
   * 1992, result 4.3.1, stage by stage): between the clusters of a stratum at the first stage;
   * where the size of the population is known, also between those of the next, as far as the one
   * before was sampled.
   *
   * @param parts linearised values, weighted
   */
  double variance(double[] parts) {
    double sum = 0;
    double[] sampledPart = new double[parts.length];
    Arrays.fill(sampledPart, 1);
    for (int s = 0; s < stages.size(); s++) {
      Stage stage = stages.get(s);
      if (s > 0 && !stage.corrected()) {
        break;
      }
      sum += variance(stage, s, parts, sampledPart);
      if (!stage.corrected()) {
        break;
      }
      for (int i = 0; i < parts.length; i++) {
        int h = stage.stratum()[i];
        sampledPart[i] *= stage.sampled()[h] / stage.population()[h];
      }
    }
    return sum;
  }

  private double variance(Stage stage, int number, double[] parts, double[] sampledPart) {
    int strata = stage.sampled().length;
    double[] totals = new double[stage.clusters()];
    int[] stratumOf = new int[totals.length];
    double[] factor = new double[strata];
    double[] mean = new double[strata];
    for (int i = 0; i < parts.length; i++) {
      totals[stage.cluster()[i]] += parts[i];
      stratumOf[stage.cluster()[i]] = stage.stratum()[i];
      factor[stage.stratum()[i]] = sampledPart[i];
    }
    for (int c = 0; c < totals.length; c++) {
      mean[stratumOf[c]] += totals[c] / stage.sampled()[stratumOf[c]];
    }
    double[] squares = new double[strata];
    for (int c = 0; c < totals.length; c++) {
      int h = stratumOf[c];
      boolean alone = stage.sampled()[h] == 1;
      double off = totals[c] - (alone && lonely == LonelyPsu.ADJUST ? 0 : mean[h]);
      squares[h] += off * off;
    }
    double sum = 0;
    int told = 0;
    for (int h = 0; h < strata; h++) {
      int n = stage.sampled()[h];
      double unsampled = stage.unsampled(h);
      if (unsampled < NOTHING) {
        told++;
      } else if (n > 1) {
        told++;
        sum += factor[h] * unsampled * squares[h] * n / (n - 1);
      } else if (lonely == LonelyPsu.FAIL) {
        throw alone(stage, h, number);
      } else if (lonely != LonelyPsu.AVERAGE) {
        told++;
        sum += factor[h] * unsampled * squares[h];
      }
    }
    if (told == 0) {
      throw alone(stage, 0, number);
    }
    return sum * strata / told;
  }

  /** The problem of a stratum with one sampled cluster, at its first row. */
  static StatisticsProblem alone(Stage stage, int stratum, int number) {
    int row = 0;
    while (stage.stratum()[row] != stratum) {
      row++;
    }
    return StatisticsProblem.ofRow(
        "lonely-cluster",
        row,
        "a stratum has only one sampled cluster" + stage(number) + ": its variance cannot be told",
        "join it with a like stratum, or say --lonely adjust, certainty or average");
  }
}
