package cn.ganye.statistics.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * The model of Fay and Herriot is that of a meta-analysis: checked against R's {@code metafor}
 * 3.8-1 ({@code rma}, {@code blup}) on the thirteen trials of the BCG vaccine (Colditz et al.
 * 1994), whose documentation prints 0.3132 and −0.7145, with latitude 0.0764, 0.2515 and −0.0291.
 */
class FayHerriotTest {
  private static final double[] DIRECT = {
    -0.8893113339202, -1.5853886572014, -1.3480731482997, -1.4415511900213, -0.2175473222113,
    -0.7861155858189, -1.6208982235984, 0.0119523335238, -0.4694176487381, -1.3713448034728,
    -0.3393588283384, 0.4459134005714, -0.0173139482169
  };
  private static final double[] SAMPLING = {
    0.32558476500396, 0.19458112139814, 0.41536796536797, 0.02001003190225, 0.05121017216963,
    0.00690561845591, 0.22301724757232, 0.00396157929782, 0.05643421046325, 0.07302479361303,
    0.01241221397156, 0.53250584520015, 0.07140465968399
  };
  private static final double[] LATITUDE = {44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33};

  @Test
  void gives_what_is_published_of_the_mean_alone() {
    double[][] one = new double[13][];
    Arrays.setAll(one, i -> new double[] {1});
    FayHerriot.Fit fit = FayHerriot.fit(DIRECT, SAMPLING, one);
    assertThat(fit.variance()).isCloseTo(0.313243258136, within(1e-8));
    assertThat(fit.coefficients()[0]).isCloseTo(-0.714532342158, within(1e-8));
    assertThat(fit.areas()[0].estimate()).isCloseTo(-0.80023356197035, within(1e-8));
    assertThat(fit.areas()[7].estimate()).isCloseTo(0.00287924789677, within(1e-8));
    assertThat(fit.areas()[12].estimate()).isCloseTo(-0.14674306985852, within(1e-8));
  }

  @Test
  void gives_what_is_published_with_a_variable() {
    double[][] rows = new double[13][];
    Arrays.setAll(rows, i -> new double[] {1, LATITUDE[i]});
    FayHerriot.Fit fit = FayHerriot.fit(DIRECT, SAMPLING, rows);
    assertThat(fit.variance()).isCloseTo(0.0763479639559, within(1e-8));
    assertThat(fit.coefficients()[0]).isCloseTo(0.2514682100070, within(1e-7));
    assertThat(fit.coefficients()[1]).isCloseTo(-0.0291017250116, within(1e-8));
    assertThat(fit.areas()[6].estimate()).isCloseTo(-0.6379634953280, within(1e-7));
  }

  /** Prasad and Rao's claim: the estimated error is about the true one, and below the survey's. */
  @Test
  void its_error_is_the_one_it_says() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    int areas = 60;
    double[] sampling = new double[areas];
    Arrays.setAll(sampling, i -> 0.3 + 0.02 * i);
    double[][] rows = new double[areas][];
    Arrays.setAll(rows, i -> new double[] {1, i % 7});
    double said = 0;
    double found = 0;
    double survey = 0;
    for (int round = 0; round < 400; round++) {
      double[] truth = new double[areas];
      double[] direct = new double[areas];
      for (int i = 0; i < areas; i++) {
        truth[i] = 4 + 0.3 * rows[i][1] + 0.7 * random.nextGaussian();
        direct[i] = truth[i] + Math.sqrt(sampling[i]) * random.nextGaussian();
      }
      FayHerriot.Area[] fit = FayHerriot.fit(direct, sampling, rows).areas();
      for (int i = 0; i < areas; i++) {
        said += fit[i].meanSquaredError();
        found += (fit[i].estimate() - truth[i]) * (fit[i].estimate() - truth[i]);
        survey += sampling[i];
      }
    }
    assertThat(said / found).isCloseTo(1, within(0.05));
    assertThat(found).isLessThan(0.6 * survey);
  }

  @Test
  void refuses_what_cannot_be_fitted() {
    double[][] twice = new double[13][];
    Arrays.setAll(twice, i -> new double[] {1, 1});
    assertThatThrownBy(() -> FayHerriot.fit(DIRECT, SAMPLING, twice))
        .hasMessageContaining("make each other up");
    double[] none = SAMPLING.clone();
    none[3] = 0;
    assertThatThrownBy(() -> FayHerriot.fit(DIRECT, none, twice)).hasMessageContaining("area 4");
    assertThat(new FayHerriot.Area(5, 1, 0.5).isReliable(0.3)).isTrue();
    assertThat(new FayHerriot.Area(5, 4, 0.5).isReliable(0.3)).isFalse();
  }
}
