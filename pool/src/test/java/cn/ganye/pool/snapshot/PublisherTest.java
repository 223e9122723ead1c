package cn.ganye.pool.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepListener;
import cn.ganye.engine.Steps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
  private static final int PEOPLE = 1_600;
  private static final int SPELLS = 3;

  @TempDir Path folder;

  /** What persons have been, so many of them a file. */
  private static Step spell(int width, String select) {
    return Step.parse(
        "spell",
        """
        -- question  What has a person been?
        -- grain     one row per person and spell
        -- inputs    none
        -- output    spell(person, n)
        -- publish   person by %d
        -- order     person, n
        %s
        """
            .formatted(width, select));
  }

  /** Few files are filtered out of the table as it lies, many once it has been ordered. */
  @ParameterizedTest
  @ValueSource(ints = {400, 2})
  void cuts_a_mart_into_files_of_so_many_persons_each_in_its_order(int width) throws Exception {
    Step spell =
        spell(
            width,
            "SELECT range %% %d AS person, range AS n FROM range(%d) ORDER BY hash(range)"
                .formatted(PEOPLE, SPELLS * PEOPLE));
    try (Engine engine = Engine.open(new EngineSettings(256L << 20, 2, folder.resolve("spill")))) {
      engine.run(new Steps(List.of(spell)), StepListener.SILENT);
      List<Manifest.MartFile> files =
          Publisher.write(engine, List.of(spell), List.of(), folder, (mart, done, of) -> {});
      assertThat(files)
          .hasSize(PEOPLE / width)
          .allSatisfy(file -> assertThat(file.rows()).isEqualTo((long) SPELLS * width));
      Manifest.MartFile second = files.get(1);
      assertThat(second.partition()).isEqualTo("person-from=" + width);
      assertThat(
              engine.read(
                  "SELECT person, n FROM " + Engine.parquet(List.of(folder.resolve(second.file()))),
                  row -> List.of(row.getLong(1), row.getLong(2))))
          .containsExactlyElementsOf(
              LongStream.range(width, 2L * width)
                  .boxed()
                  .flatMap(
                      person ->
                          LongStream.range(0, SPELLS)
                              .mapToObj(n -> List.of(person, person + n * PEOPLE)))
                  .toList());
    }
  }

  /** Ten persons with three spells each, five persons a file; {@code n} as it is given. */
  private List<Manifest.MartFile> published(
      String n, String order, List<Manifest.MartFile> before, Path staging) throws Exception {
    Step spell =
        spell(
            5,
            "SELECT range %% 10 AS person, %s AS n FROM range(30) ORDER BY %s".formatted(n, order));
    try (Engine engine = Engine.open(new EngineSettings(256L << 20, 2, folder.resolve("spill")))) {
      engine.run(new Steps(List.of(spell)), StepListener.SILENT);
      return Publisher.write(engine, List.of(spell), before, staging, (mart, done, of) -> {});
    }
  }

  private static List<String> written(Path staging) throws Exception {
    if (!Files.exists(staging)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(staging)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString().replaceFirst("-\\w+\\.parquet", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void what_has_the_rows_that_it_had_keeps_its_file() throws Exception {
    List<Manifest.MartFile> before =
        published("range", "range", List.of(), folder.resolve("first"));
    assertThat(written(folder.resolve("first"))).containsExactly("person-from=0", "person-from=5");
    assertThat(published("range", "range DESC", before, folder.resolve("turned")))
        .isEqualTo(before);
    assertThat(written(folder.resolve("turned"))).isEmpty();
  }

  /** Rows of 0 and 1 change their values with each other: as many rows, and as many of each. */
  @Test
  void what_has_other_rows_is_written_again() throws Exception {
    List<Manifest.MartFile> before =
        published("range", "range", List.of(), folder.resolve("first"));
    String swapped = "CASE range WHEN 0 THEN 1 WHEN 1 THEN 0 ELSE range END";
    List<Manifest.MartFile> after = published(swapped, "range", before, folder.resolve("after"));
    assertThat(written(folder.resolve("after"))).containsExactly("person-from=0");
    assertThat(after.get(0).sha256()).isNotEqualTo(before.get(0).sha256());
    assertThat(after.get(1)).isEqualTo(before.get(1));
  }
}
