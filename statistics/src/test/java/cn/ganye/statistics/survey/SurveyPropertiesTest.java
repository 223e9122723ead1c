package cn.ganye.statistics.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of estimates whatever the sample is. */
class SurveyPropertiesTest {
  private static final int STRATA = 6;
  private static final int CLUSTERS = 5;
  private static final int ROWS = STRATA * CLUSTERS * 8;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
  private final String[] strata = new String[ROWS];
  private final String[] clusters = new String[ROWS];
  private final String[] sex = new String[ROWS];
  private final String[] age = new String[ROWS];
  private final double[] weights = new double[ROWS];
  private final double[] y = new double[ROWS];
  private final double[] x = new double[ROWS];
  private final boolean[] all = new boolean[ROWS];

  SurveyPropertiesTest() {
    Arrays.fill(all, true);
    for (int i = 0; i < ROWS; i++) {
      strata[i] = "s" + i / (CLUSTERS * 8);
      clusters[i] = "c" + i / 8;
      sex[i] = random.nextBoolean() ? "m" : "f";
      age[i] = "a" + random.nextInt(3);
      weights[i] = 1 + 4 * random.nextDouble();
      x[i] = 10 + random.nextGaussian();
      y[i] = 2 * x[i] + random.nextGaussian() + i / 8 % 5;
    }
  }

  private SurveyDesign design() {
    return SurveyDesign.of(
        ROWS, strata, List.<String[]>of(clusters), weights, List.of(), LonelyPsu.FAIL);
  }

  private Estimate mean(double[] values, Adjustment... adjustments) {
    return new Estimator(design(), List.of(adjustments)).estimate(Statistic.mean(values, all));
  }

  @Test
  void a_constant_moves_a_mean_and_leaves_its_error() {
    double[] moved = new double[ROWS];
    Arrays.setAll(moved, i -> y[i] + 1000);
    assertThat(mean(moved).value()).isCloseTo(mean(y).value() + 1000, within(1e-9));
    assertThat(mean(moved).standardError()).isCloseTo(mean(y).standardError(), within(1e-9));
  }

  @Test
  void a_ratio_to_one_is_a_mean_and_domains_add_up_to_the_total() {
    Estimator estimator = new Estimator(design(), List.of());
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    Estimate ratio = estimator.estimate(Statistic.ratio(y, ones, all));
    assertThat(ratio.value()).isCloseTo(mean(y).value(), within(1e-12));
    assertThat(ratio.standardError()).isCloseTo(mean(y).standardError(), within(1e-12));
    double parts = 0;
    for (String who : List.of("m", "f")) {
      boolean[] domain = new boolean[ROWS];
      for (int i = 0; i < ROWS; i++) {
        domain[i] = sex[i].equals(who);
      }
      parts += estimator.estimate(Statistic.total(y, domain)).value();
    }
    assertThat(parts).isCloseTo(estimator.estimate(Statistic.total(y, all)).value(), within(1e-8));
  }

  @Test
  void adjusted_weights_meet_their_totals_and_what_is_calibrated_has_no_error() {
    Adjustment raking =
        Raking.to(
            List.of("sex", "age"),
            List.of(sex, age),
            List.of(Map.of("m", 400.0, "f", 500.0), Map.of("a0", 250.0, "a1", 300.0, "a2", 350.0)));
    double[] raked = new Estimator(design(), List.of(raking)).weights();
    assertThat(sum(raked, sex, "m")).isCloseTo(400, within(1e-8));
    assertThat(sum(raked, age, "a2")).isCloseTo(350, within(1e-8));
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    double[][] columns = {ones, x};
    for (Calibration calibration :
        List.of(
            Calibration.linear(List.of("(Intercept)", "x"), columns, new double[] {900, 9100}),
            Calibration.bounded(
                List.of("(Intercept)", "x"), columns, new double[] {900, 9100}, 0.5, 3))) {
      Estimator estimator = new Estimator(design(), List.of(calibration));
      Estimate known = estimator.estimate(Statistic.total(x, all));
      assertThat(known.value()).isCloseTo(9100, within(1e-6));
      assertThat(known.standardError()).isCloseTo(0, within(1e-6));
      assertThat(estimator.estimate(Statistic.mean(y, all)).standardError())
          .isLessThan(mean(y).standardError());
    }
  }

  private static double sum(double[] weights, String[] of, String wanted) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += of[i].equals(wanted) ? weights[i] : 0;
    }
    return sum;
  }

  @Test
  void the_jackknife_of_a_total_is_the_linearised_error() {
    Estimator estimator = new Estimator(design(), List.of());
    Statistic total = Statistic.total(y, all);
    assertThat(estimator.estimate(total, Replicates.jkn(design())).standardError())
        .isCloseTo(estimator.estimate(total).standardError(), within(1e-6));
    Statistic mean = Statistic.mean(y, all);
    assertThat(
            estimator.estimate(mean, Replicates.jkn(design())).standardError()
                / estimator.estimate(mean).standardError())
        .isCloseTo(1, within(0.03));
  }

  /** 95 % of the intervals hold the truth, within sampling error of 1,500 samples. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void intervals_cover_what_they_say(boolean corrected) {
    int held = 0;
    int rounds = 1500;
    double[][] population = new double[4][60];
    double truth = 0;
    for (double[] stratum : population) {
      double level = 10 * random.nextDouble();
      for (int c = 0; c < stratum.length; c++) {
        stratum[c] = level + random.nextGaussian();
        truth += stratum[c] / 240;
      }
    }
    int taken = corrected ? 20 : 8;
    for (int round = 0; round < rounds; round++) {
      int n = 4 * taken;
      String[] of = new String[n];
      double[] values = new double[n];
      double[] size = new double[n];
      for (int h = 0, at = 0; h < 4; h++) {
        double[] left = population[h].clone();
        for (int k = 0; k < taken; k++, at++) {
          int pick = corrected ? k + random.nextInt(left.length - k) : random.nextInt(left.length);
          values[at] = left[pick];
          if (corrected) {
            left[pick] = left[k];
          }
          of[at] = "h" + h;
          size[at] = 60;
        }
      }
      SurveyDesign design =
          SurveyDesign.of(
              n, of, List.of(), null, corrected ? List.of(size) : List.of(), LonelyPsu.FAIL);
      boolean[] every = new boolean[n];
      Arrays.fill(every, true);
      Estimate estimate = new Estimator(design, List.of()).estimate(Statistic.mean(values, every));
      held += Math.abs(estimate.value() - truth) <= estimate.reach(0.95) ? 1 : 0;
    }
    double error = Math.sqrt(0.95 * 0.05 / rounds);
    assertThat((double) held / rounds).isCloseTo(0.95, within(3.5 * error));
  }
}
