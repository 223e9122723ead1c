package cn.ganye.bench;

import cn.ganye.statistics.detection.Farrington;
import cn.ganye.statistics.season.SeasonalAdjustment;
import cn.ganye.statistics.season.SeasonalAdjustment.Festival;
import cn.ganye.statistics.season.SeasonalAdjustment.Method;
import cn.ganye.statistics.season.SeasonalAdjustment.Specification;
import cn.ganye.statistics.season.SpringFestival;
import cn.ganye.statistics.survey.Estimator;
import cn.ganye.statistics.survey.LonelyPsu;
import cn.ganye.statistics.survey.Raking;
import cn.ganye.statistics.survey.Replicates;
import cn.ganye.statistics.survey.Statistic;
import cn.ganye.statistics.survey.SurveyDesign;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Methods on the sizes that offices have: a survey of 50,000 people in 50 strata and 2,000
 * clusters, a thousand monthly series of twelve years, a thousand weekly ones of ten. Each once, in
 * one process, the first call with it.
 */
public final class StatisticsBench {
  private static final int STRATA = 50;
  private static final int CLUSTERS = 40;
  private static final int PEOPLE = 25;
  private static final int ROWS = STRATA * CLUSTERS * PEOPLE;
  private static final int SERIES = 1000;
  private static final int MONTHS = 144;
  private static final int WEEKS = 520;
  private static final int MARGINS = 5;

  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(20261125);

  /** Receives one measurement. */
  @FunctionalInterface
  public interface Sink {
    /** A name, a value and its unit. */
    void measured(String name, String value, String unit);
  }

  /** Work that is timed. */
  @FunctionalInterface
  private interface Timed {
    void run() throws Exception;
  }

  /** Measures all. */
  public void run(Sink sink) throws Exception {
    double[] employed = new double[ROWS];
    String[] strata = new String[ROWS];
    String[] clusters = new String[ROWS];
    double[] weights = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      strata[i] = "s" + i / (CLUSTERS * PEOPLE);
      clusters[i] = "c" + i / PEOPLE;
      weights[i] = 100 + random.nextInt(200);
      employed[i] = random.nextDouble() < 0.6 + 0.1 * Math.sin(i / PEOPLE) ? 1 : 0;
    }
    boolean[] everybody = new boolean[ROWS];
    Arrays.fill(everybody, true);
    Statistic rate = Statistic.mean(employed, everybody);
    time(
        sink,
        "bootstrap-1000",
        () -> {
          SurveyDesign design = design(strata, clusters, weights);
          new Estimator(design, List.of()).estimate(rate, Replicates.bootstrap(design, 1000, 1));
        });
    time(
        sink,
        "jackknife",
        () -> {
          SurveyDesign design = design(strata, clusters, weights);
          new Estimator(design, List.of()).estimate(rate, Replicates.jkn(design));
        });
    Margins margins = margins(weights);
    time(
        sink,
        "raking-5-margins",
        () -> Raking.to(margins.names(), margins.values(), margins.totals()).weights(weights));
    seasons(sink);
    double[][] weekly = new double[SERIES][WEEKS];
    for (double[] series : weekly) {
      for (int t = 0; t < WEEKS; t++) {
        double mean = Math.exp(1.5 + 0.6 * Math.cos(2 * Math.PI * t / 52) + 0.001 * t);
        series[t] = Math.max(0, Math.rint(mean + Math.sqrt(2 * mean) * random.nextGaussian()));
      }
    }
    time(
        sink,
        "farrington-1000",
        () -> Arrays.stream(weekly).parallel().forEach(Farrington.usual(52)::detect));
  }

  private static SurveyDesign design(String[] strata, String[] clusters, double[] weights) {
    return SurveyDesign.of(
        ROWS, strata, List.<String[]>of(clusters), weights, List.of(), LonelyPsu.FAIL);
  }

  private record Margins(
      List<String> names, List<String[]> values, List<Map<String, Double>> totals) {}

  private Margins margins(double[] weights) {
    List<String> names = new ArrayList<>();
    List<String[]> values = new ArrayList<>();
    List<Map<String, Double>> totals = new ArrayList<>();
    double size = Arrays.stream(weights).sum();
    for (int m = 0; m < MARGINS; m++) {
      String[] column = new String[ROWS];
      Map<String, Double> known = new TreeMap<>();
      for (int i = 0; i < ROWS; i++) {
        column[i] = "g" + random.nextInt(2 + 3 * m);
        known.merge(column[i], weights[i], Double::sum);
      }
      double sum = 0;
      for (Map.Entry<String, Double> group : known.entrySet()) {
        group.setValue(group.getValue() * (0.8 + 0.4 * random.nextDouble()));
        sum += group.getValue();
      }
      double scale = size / sum;
      known.replaceAll((group, total) -> total * scale);
      names.add("margin " + m);
      values.add(column);
      totals.add(known);
    }
    return new Margins(names, values, totals);
  }

  private void seasons(Sink sink) throws Exception {
    double[][] monthly = new double[SERIES][MONTHS];
    for (double[] series : monthly) {
      double level = 7;
      double[] season = new double[12];
      Arrays.setAll(season, m -> 0.1 * random.nextGaussian());
      for (int t = 0; t < MONTHS; t++) {
        level += 0.002 + 0.01 * random.nextGaussian();
        series[t] = Math.exp(level + season[t % 12] + 0.02 * random.nextGaussian());
      }
      series[random.nextInt(MONTHS)] *= 1.3;
    }
    for (Specification specification :
        List.of(Specification.X11, Specification.RSA1, Specification.RSA3)) {
      for (Festival festival : List.of(Festival.NEVER, Festival.AUTO)) {
        if (specification == Specification.X11 && festival == Festival.AUTO) {
          continue;
        }
        SeasonalAdjustment adjustment =
            new SeasonalAdjustment(Method.X13, specification, festival, new SpringFestival(7, 7));
        time(
            sink,
            "season-1000-"
                + specification.name().toLowerCase(java.util.Locale.ROOT)
                + (festival == Festival.AUTO ? "-festival" : ""),
            () ->
                IntStream.range(0, SERIES)
                    .parallel()
                    .forEach(i -> adjustment.adjust(YearMonth.of(2014, 1), 12, monthly[i])));
      }
    }
  }

  private static void time(Sink sink, String name, Timed work) throws Exception {
    long began = System.nanoTime();
    work.run();
    sink.measured(
        name, String.format(java.util.Locale.ROOT, "%.2f", (System.nanoTime() - began) / 1e9), "s");
  }
}
