package cn.ganye.pool.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepListener;
import cn.ganye.engine.Steps;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
  private static final int PEOPLE = 1_600;
  private static final int SPELLS = 3;

  @TempDir Path folder;

  /** Few files are filtered out of the table as it lies, many once it has been ordered. */
  @ParameterizedTest
  @ValueSource(ints = {400, 2})
  void cuts_a_mart_into_files_of_so_many_persons_each_in_its_order(int width) throws Exception {
    Step spell =
        Step.parse(
            "spell",
            """
            -- question  What has a person been?
            -- grain     one row per person and spell
            -- inputs    none
            -- output    spell(person, n)
            -- publish   person by %d
            -- order     person, n
            SELECT range %% %d AS person, range AS n FROM range(%d) ORDER BY hash(range)
            """
                .formatted(width, PEOPLE, SPELLS * PEOPLE));
    try (Engine engine = Engine.open(new EngineSettings(256L << 20, 2, folder.resolve("spill")))) {
      engine.run(new Steps(List.of(spell)), StepListener.SILENT);
      List<Manifest.MartFile> files =
          Publisher.write(engine, List.of(spell), folder, (mart, done, of) -> {});
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
}
