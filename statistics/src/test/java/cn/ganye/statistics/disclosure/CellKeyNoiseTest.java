package cn.ganye.statistics.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** What noise by cell key must always hold. */
class CellKeyNoiseTest {
  private final CellKeyNoise noise = new CellKeyNoise(new byte[] {1, 2, 3});

  @Property
  void the_same_cell_gets_the_same_number_near_the_count_and_neither_one_nor_two(
      @ForAll @IntRange(max = 100_000) int count,
      @ForAll @LongRange(max = 4_294_967_295L) long key) {
    long shown = noise.shown(count, key);
    assertThat(shown).isEqualTo(noise.shown(count, key)).isNotIn(1L, 2L).isNotNegative();
    assertThat(Math.abs(shown - count)).isLessThanOrEqualTo(CellKeyNoise.DISTANCE);
  }

  @Test
  void zero_stays_zero_and_a_count_below_it_is_refused() {
    assertThat(noise.shown(0, 77)).isZero();
    assertThatThrownBy(() -> noise.shown(-1, 77)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Worked out by hand: with mean 1 and 2, only 0 and 3 left below, the variance is 2. */
  @Test
  void one_and_two_become_zero_or_three() {
    NoiseTable table = new NoiseTable(5, 2);
    assertThat(table.probabilities(1)[4]).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(table.probabilities(1)[7]).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(table.probabilities(2)[3]).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(table.probabilities(2)[6]).isCloseTo(2 / 3.0, within(1e-15));
  }

  @Property
  void the_noise_of_each_count_has_mean_zero_and_the_variance_asked_for(
      @ForAll @IntRange(min = 1, max = 40) int count) {
    double[] probabilities = new NoiseTable(5, 2).probabilities(count);
    double sum = 0;
    double mean = 0;
    double variance = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += probabilities[i];
      mean += probabilities[i] * (i - 5);
      variance += probabilities[i] * (i - 5) * (i - 5);
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(mean).isCloseTo(0, within(1e-12));
    assertThat(variance).isCloseTo(2, within(1e-12));
  }

  /**
   * The maximum of entropy is symmetric where nothing is forbidden, and falls off like a normal.
   */
  @Test
  void far_from_zero_the_noise_is_the_same_for_every_count_and_symmetric() {
    NoiseTable table = new NoiseTable(5, 2);
    double[] probabilities = table.probabilities(8);
    for (int d = 1; d <= 5; d++) {
      assertThat(probabilities[5 - d]).isCloseTo(probabilities[5 + d], within(1e-12));
      double ratio = Math.log(probabilities[5] / probabilities[5 + d]);
      assertThat(ratio / (d * d))
          .isCloseTo(Math.log(probabilities[5] / probabilities[6]), within(1e-9));
    }
    assertThat(table.probabilities(1_000)).containsExactly(probabilities, within(1e-12));
  }

  @Test
  void over_many_cells_the_mean_of_what_is_shown_is_the_count() {
    SplittableRandom random = new SplittableRandom(3);
    for (int count : new int[] {1, 2, 3, 4, 7, 50}) {
      double sum = 0;
      int cells = 200_000;
      for (int i = 0; i < cells; i++) {
        sum += noise.shown(count, random.nextLong(1L << 32));
      }
      assertThat(sum / cells).as("%d", count).isCloseTo(count, within(0.02));
    }
  }

  @Test
  void another_secret_is_other_noise() {
    CellKeyNoise other = new CellKeyNoise(new byte[] {4});
    SplittableRandom random = new SplittableRandom(4);
    int differ = 0;
    for (int i = 0; i < 1_000; i++) {
      long key = random.nextLong(1L << 32);
      differ += noise.shown(100, key) == other.shown(100, key) ? 0 : 1;
    }
    assertThat(differ).isGreaterThan(500);
  }

  @Test
  void impossible_noise_is_refused() {
    assertThatThrownBy(() -> new NoiseTable(5, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NoiseTable(2, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
