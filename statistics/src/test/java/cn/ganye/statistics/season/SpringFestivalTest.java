package cn.ganye.statistics.season;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpringFestivalTest {
  /** As the State Council's notices of holidays have had it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2000-02-05", "2008-02-07", "2012-01-23", "2015-02-19", "2018-02-16", "2020-01-25",
        "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17"
      })
  void begins_on_the_first_day_of_the_lunar_year(String day) {
    LocalDate expected = LocalDate.parse(day);
    assertThat(SpringFestival.firstDay(expected.getYear())).isEqualTo(expected);
  }

  @Test
  void the_regressor_tells_of_its_moving_alone() {
    double[] century = new SpringFestival(7, 7).regressor(YearMonth.of(1951, 1), 1200);
    for (int month = 0; month < 12; month++) {
      double sum = 0;
      for (int at = month; at < century.length; at += 12) {
        sum += century[at];
      }
      assertThat(sum).isCloseTo(0, within(1e-9));
    }
    double[] year = new SpringFestival(7, 7).regressor(YearMonth.of(2023, 1), 12);
    assertThat(Arrays.stream(year).sum()).isCloseTo(0, within(1e-12));
    assertThat(year[0]).as("on the 22nd of January, all of it").isPositive();
    assertThat(year[1]).isNegative();
    assertThat(Arrays.stream(year, 2, 12)).allMatch(v -> v == 0);
  }
}
