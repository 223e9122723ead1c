package cn.ganye.pool.intake;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.contract.Contracts;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
  @ParameterizedTest
  @CsvSource({
    "contribution_360700_202512_20260113.csv, contribution, 360700, 202512, 2026-01-13",
    "a/b/resident_3607__2026-01-13.csv.gz, resident, 360700, 0, 2026-01-13",
    "360000_20260122.zip!contribution_360700_202512.csv, contribution, 360700, 202512, 2026-01-22",
    "pack_360722_20260122.zip!x/deceased.csv, deceased, 360722, 0, 2026-01-22",
    "contribution_360700_202512_20260113.xlsx!11, contribution, 360700, 202512, 2026-01-13",
    "contribution_360700_20260113.xlsx!202511, contribution, 360700, 202511, 2026-01-13",
    "pack.zip!resident_360000.xlsx!360722, resident, 360722, 0, ",
  })
  void what_lies_within_is_told_by_its_own_name_first(
      String path, String dataset, int region, int period, LocalDate sent) {
    FileName name = FileName.read(path, Contracts.builtIn());
    assertThat(name.dataset()).extracting(contract -> contract.id()).isEqualTo(dataset);
    assertThat(name.region()).isEqualTo(region);
    assertThat(name.period()).isEqualTo(period);
    assertThat(name.sent()).isEqualTo(sent);
  }
}
