package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of publishing has a mart that breaks it. */
class BrokenMartTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mart-column-forbidden | '' | person, 'name' AS word | person | whole",
        "snapshot-check-failed | '' | 1 AS person, 2 AS word | person | whole",
        "snapshot-check-failed | '' | 1 AS person, 2 AS word | word, person | word",
        "snapshot-check-failed | '' | 1 AS person, 2 AS word | person | person by 8",
        "snapshot-check-failed | '' | person, CAST(NULL AS INTEGER) AS word | word, person | word",
        "snapshot-check-failed | word: status | person, 'ASLEEP' AS word | person | whole",
      })
  void refuses_a_mart_that_breaks_a_rule_and_keeps_the_old_snapshot(
      String code, String codes, String columns, String key, String publish) throws Exception {
    Sample sample = new Sample(folder).people(2).month(202301, 1, 2);
    String before = sample.build().manifest().snapshot();
    Path documents = folder.resolve("broken");
    Files.createDirectories(documents.resolve("steps"));
    Files.writeString(
        documents.resolve("steps/broken.sql"),
        "-- question  Who?\n-- grain     one row per person\n-- inputs    person\n"
            + "-- output    broken(person, word)\n-- publish   "
            + publish
            + "\n-- order     "
            + key
            + "\n"
            + (codes.isEmpty() ? "" : "-- codes     " + codes + "\n")
            + "SELECT "
            + columns
            + " FROM person\n");
    BuildOptions options = sample.options().with(documents);
    assertThatThrownBy(() -> PoolBuild.run(options, BuildListener.SILENT))
        .isInstanceOfSatisfying(PoolProblem.class, p -> assertThat(p.code).isEqualTo(code));
    assertThat(Pool.at(sample.pool).current().snapshot()).isEqualTo(before);
    assertThat(sample.query("SELECT COUNT(*) FROM stock")).hasSize(1);
  }
}
