package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void time_left_is_told_once_a_hundredth_is_done() {
    assertThat(Progress.how("intake", 71, 36_325_649, 71, 0.5))
        .isEqualTo("intake     0 %  71 records  142 records/s");
    assertThat(Progress.how("scan", 0, 0, 0, 0.001)).isEqualTo("scan       0 %  0/0");
    assertThat(Progress.how("intake", 250, 1_000, 40_000, 2))
        .isEqualTo("intake    25 %  40,000 records  20,000 records/s  6 s left");
    assertThat(Progress.how("scan", 10, 10, 0, 2)).isEqualTo("scan     100 %  10/10  0 s left");
  }
}
