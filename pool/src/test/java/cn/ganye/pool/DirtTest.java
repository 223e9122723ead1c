package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files written by hand, as clerks write them: a spreadsheet with title, form lines and a header on
 * each page; quoted line breaks; UTF-16; numbers with blanks, apostrophes and full-width digits;
 * certificates in place of IDs; dates in five manners. Each record's fate was decided by reading
 * it.
 */
class DirtTest {
  private static final List<String> FILES =
      List.of(
          "全民参保库_360100__20230105.csv",
          "农村劳动力_南昌县_202302.csv",
          "社保缴费_360100_202301_20230212.csv",
          "公益岗_360100__20230301.csv",
          "残疾人_360100__20230301.csv");

  @TempDir static Path folder;
  static Sample sample;

  @BeforeAll
  static void build() throws Exception {
    sample = new Sample(folder);
    for (String file : FILES) {
      try (var in = Objects.requireNonNull(DirtTest.class.getResourceAsStream("dirty/" + file))) {
        Files.copy(in, sample.in.resolve(file));
      }
    }
    sample.build();
  }

  private static List<String> refusals(String file) {
    return sample.query(
        "SELECT reason, records FROM refusal WHERE file = '" + file + "' ORDER BY reason");
  }

  private static String accepted(String file) {
    return sample
        .query("SELECT records, accepted FROM intake WHERE file = '" + file + "'")
        .getFirst();
  }

  @Test
  void a_register_with_names_for_codes_is_taken_in_whole() {
    assertThat(accepted(FILES.get(0))).isEqualTo("30|30");
    assertThat(sample.query("SELECT DISTINCT region FROM stock WHERE region_by = 'hukou'"))
        .containsExactly("360121");
  }

  /** Taken in: an apostrophe, blanks and full-width digits in the ID, x, four manners of dates. */
  @Test
  void a_villages_spreadsheet_gives_what_can_be_read() {
    assertThat(accepted(FILES.get(1))).isEqualTo("15|5");
    assertThat(refusals(FILES.get(1)))
        .containsExactly(
            "bad-date|1",
            "bad-number|1",
            "id-cut|1",
            "id-length|1",
            "not-a-record|5",
            "unknown-code|1");
  }

  /** Taken in: quoted line break and delimiter, months in three manners, ¥, 缓缴, 退收, 未缴. */
  @Test
  void a_list_of_contributions_with_semicolons() {
    assertThat(accepted(FILES.get(2))).isEqualTo("13|6");
    assertThat(refusals(FILES.get(2)))
        .containsExactly(
            "bad-number|1",
            "cell-count|2",
            "check-failed|1",
            "out-of-range|1",
            "required-empty|1",
            "unknown-code|1");
    assertThat(sample.query("SELECT COUNT(*) FROM person_status WHERE basis = 'formal'"))
        .containsExactly("3");
  }

  @Test
  void certificates_are_ids_only_where_they_may_stand() {
    assertThat(refusals(FILES.get(3))).containsExactly("check-failed|1", "id-length|1");
    assertThat(accepted(FILES.get(4))).isEqualTo("4|3");
    assertThat(refusals(FILES.get(4))).containsExactly("id-length|1");
  }
}
