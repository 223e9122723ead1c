package cn.ganye.statistics.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BackTestTest {
  private static final Function<double[], Detection[]> ABOVE_FIVE =
      series -> Thresholds.level(series, 5, true);

  private static List<double[]> vintages(double... series) {
    List<double[]> vintages = new ArrayList<>();
    for (int t = 1; t <= series.length; t++) {
      vintages.add(Arrays.copyOf(series, t));
    }
    return vintages;
  }

  @Test
  void tells_leads_misses_and_false_alarms() {
    BackTest.Result result =
        BackTest.of(
            vintages(1, 6, 6, 1, 1, 1, 5, 4, 1, 1, 1, 1, 9, 1), ABOVE_FIVE, List.of(7, 11), 2);
    assertThat(result.leads()).containsExactly(1);
    assertThat(result.missed()).containsExactly(11);
    assertThat(result.falseAlarms()).containsExactly(1, 12);
    assertThat(result.meanLead()).isEqualTo(1);
    assertThat(BackTest.of(vintages(1, 1), ABOVE_FIVE, List.of(), 2).meanLead()).isNaN();
  }

  @Test
  void an_alarm_stands_as_it_was_known_then_whatever_was_revised() {
    List<double[]> vintages = vintages(1, 1, 7, 1);
    vintages.set(3, new double[] {9, 9, 2, 1});
    boolean[] alarms = BackTest.of(vintages, ABOVE_FIVE, List.of(), 1).alarms();
    assertThat(alarms).containsExactly(false, false, true, false);
  }

  @Test
  void refuses_vintages_that_do_not_grow() {
    assertThatThrownBy(() -> BackTest.of(List.of(new double[] {1, 2}), ABOVE_FIVE, List.of(), 1))
        .hasMessageContaining("vintage 1 has 2 values");
  }
}
