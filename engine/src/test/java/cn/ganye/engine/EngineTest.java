package cn.ganye.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  @TempDir Path folder;

  private Engine engine(int threads) {
    return Engine.open(new EngineSettings(256L << 20, threads, folder.resolve("spill")));
  }

  private static Step step(String name, String inputs, String columns, String more, String sql) {
    return Step.parse(
        name,
        "-- question  What?\n-- grain     one row\n-- inputs    "
            + inputs
            + "\n-- output    "
            + name
            + "("
            + columns
            + ")\n"
            + more
            + sql);
  }

  private static List<String> tables(Engine engine) {
    return engine.read(
        "SELECT table_name FROM information_schema.tables ORDER BY 1", row -> row.getString(1));
  }

  @Test
  void the_memory_of_vectors_is_known_for_this_version_of_duckdb() {
    assertThat(VectorMemory.known()).isTrue();
  }

  @Test
  void runs_steps_after_their_inputs_and_drops_what_nothing_reads_any_more() {
    Step last =
        step(
            "last",
            "middle",
            "n",
            "-- publish   whole\n-- order     n\n",
            "SELECT n + 1 AS n FROM middle");
    Step middle = step("middle", "first", "n", "", "SELECT n * 10 AS n FROM first");
    Step first = step("first", "given", "n", "", "SELECT n FROM given");
    try (Engine engine = engine(2)) {
      engine.table("given", "n BIGINT", List.<Object[]>of(new Object[] {1L}, new Object[] {2L}));
      List<String> heard = new ArrayList<>();
      engine.run(
          new Steps(List.of(last, middle, first)),
          (step, position, of, rows, seconds) ->
              heard.add(step.name() + " " + position + "/" + of + " " + rows));
      assertThat(heard).containsExactly("first 1/3 2", "middle 2/3 2", "last 3/3 2");
      assertThat(tables(engine)).containsExactly("given", "last");
      assertThat(engine.read("SELECT n FROM last ORDER BY n", row -> row.getInt(1)))
          .containsExactly(11, 21);
    }
  }

  @Test
  void refuses_steps_that_wait_for_each_other_or_share_a_name() {
    Step a = step("a", "b", "n", "", "SELECT n FROM b");
    Step b = step("b", "a", "n", "", "SELECT n FROM a");
    assertThatThrownBy(() -> new Steps(List.of(a, b)).ordered())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Steps(List.of(a, a))).hasMessageContaining("a");
  }

  @Test
  void names_the_step_that_fails_and_the_one_whose_head_is_wrong() {
    try (Engine engine = engine(1)) {
      Step broken = step("broken", "", "n", "", "SELECT n FROM nowhere");
      assertThatThrownBy(() -> engine.run(new Steps(List.of(broken)), StepListener.SILENT))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("step broken");
      Step other = step("other", "", "n", "", "SELECT 1 AS m");
      assertThatThrownBy(() -> engine.run(new Steps(List.of(other)), StepListener.SILENT))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("step other");
    }
  }

  @Test
  void holds_listed_codes_as_numbers_and_leaves_a_column_with_another_code_as_text() {
    try (Engine engine = engine(1)) {
      engine.codeList("colour", "SELECT 'blue' UNION ALL SELECT 'red' ORDER BY 1");
      String codes = "-- codes     c: colour\n-- publish   whole\n-- order     c\n";
      Step listed = step("listed", "", "c", codes, "SELECT 'red' AS c UNION ALL SELECT 'blue'");
      Step unlisted = step("unlisted", "", "c", codes, "SELECT 'red' AS c UNION ALL SELECT 'x'");
      engine.run(new Steps(List.of(listed, unlisted)), StepListener.SILENT);
      assertThat(engine.read("SELECT typeof(c) FROM listed", row -> row.getString(1)))
          .allMatch(type -> type.startsWith("ENUM"));
      assertThat(engine.read("SELECT c FROM listed ORDER BY c", row -> row.getString(1)))
          .containsExactly("blue", "red");
      assertThat(engine.read("SELECT c FROM unlisted ORDER BY c", row -> row.getString(1)))
          .containsExactly("red", "x");
    }
  }

  private List<Path> tablesOnDisk(Path spill) throws IOException {
    try (Stream<Path> files = Files.walk(spill)) {
      return files.filter(file -> file.toString().endsWith("tables.duckdb")).toList();
    }
  }

  /** What fills the memory lies in a file from then on, and answers as it would have there. */
  @Test
  void makes_tables_in_a_file_once_they_fill_a_part_of_the_memory() throws Exception {
    List<Step> steps =
        List.of(
            step("wide", "", "n, m", "", "SELECT range AS n, range % 9 AS m FROM range(2000000)"),
            step(
                "listed",
                "wide",
                "n, c",
                "-- codes     c: colour\n",
                "SELECT n, CASE m WHEN 0 THEN 'red' ELSE 'blue' END AS c FROM wide"),
            step("seen", "listed", "c", "-- as        view\n", "SELECT c FROM listed"),
            step(
                "last",
                "listed, seen",
                "n, c",
                "-- codes     c: colour\n-- publish   whole\n-- order     n\n",
                "SELECT n, c FROM listed WHERE n < (SELECT COUNT(*) FROM seen) ORDER BY hash(n)"));
    for (long memory : new long[] {64L << 20, 1L << 30}) {
      Path spill = folder.resolve("spill-" + memory);
      boolean small = memory < 1L << 30;
      try (Engine engine = Engine.open(new EngineSettings(memory, 2, spill))) {
        engine.codeList("colour", "SELECT * FROM (VALUES ('blue'), ('red')) t(code)");
        engine.run(new Steps(steps), StepListener.SILENT);
        assertThat(tablesOnDisk(spill)).hasSize(small ? 1 : 0);
        assertThat(engine.heldAsNumbers("last")).containsExactly("c");
        engine.order("last", "n");
        assertThat(engine.number("SELECT SUM(n) FROM last WHERE c = 'red'"))
            .isEqualTo(engine.number("SELECT SUM(range) FROM range(2000000) WHERE range % 9 = 0"));
        assertThat(
                engine.number(
                    "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'wide'"))
            .isZero();
      }
      assertThat(tablesOnDisk(spill)).isEmpty();
    }
  }

  @Test
  void orders_a_table_that_is_there() {
    try (Engine engine = engine(2)) {
      engine.execute("t", "CREATE TABLE t AS SELECT range % 7 AS n FROM range(300000)");
      engine.order("t", "n");
      assertThat(
              engine.read(
                  "SELECT n, COUNT(*) FROM (SELECT n, n < LAG(n) OVER () AS back FROM t) GROUP BY n HAVING NOT BOOL_OR(COALESCE(back, FALSE)) ORDER BY n",
                  row -> row.getInt(1) + " " + row.getInt(2)))
          .hasSize(7)
          .startsWith("0 42858");
    }
  }

  /** The bytes of a file follow from its rows: not from threads, memory or the order of arrival. */
  @Test
  void writes_the_same_bytes_on_any_number_of_threads_and_from_rows_in_any_order() {
    List<String> hashes = new ArrayList<>();
    for (int threads : new int[] {1, 2, 4}) {
      for (int seed = 0; seed < 3; seed++) {
        try (Engine engine = engine(threads)) {
          engine.codeList("letter", "SELECT chr(CAST(97 + range AS INTEGER)) FROM range(12)");
          Step made =
              step(
                  "made",
                  "",
                  "letter, n",
                  "-- codes     letter: letter\n-- publish   whole\n-- order     letter, n\n",
                  "SELECT chr(CAST(97 + n % 7 * n % 12 AS INTEGER)) AS letter, n"
                      + " FROM (SELECT CAST(range AS BIGINT) AS n FROM range(300001)) r ORDER BY hash(n + "
                      + seed
                      + ")");
          engine.run(new Steps(List.of(made)), StepListener.SILENT);
          List<Export> exports = new ArrayList<>();
          for (int part = 0; part < 4; part++) {
            exports.add(
                new Export(
                    "part",
                    "SELECT * FROM made WHERE n % 4 = " + part,
                    List.of("letter", "n"),
                    folder.resolve("part-" + part + ".parquet"),
                    Export.Reading.SCAN));
          }
          hashes.add(
              engine.write(exports, (done, of) -> {}).stream()
                  .map(ParquetFile::sha256)
                  .toList()
                  .toString());
        }
      }
    }
    assertThat(hashes).containsOnly(hashes.getFirst());
  }

  @Test
  void writes_rows_in_the_order_of_their_key_and_each_key_once() {
    try (Engine engine = engine(2)) {
      engine.execute(
          "made",
          "CREATE TABLE made AS SELECT * FROM (VALUES (2, 'b', 1), (NULL, 'a', 2), (2, NULL, 3), (1, 'a', 4),"
              + " (NULL, 'a', 5), (2, 'b', 6), (NULL, NULL, 7), (1, 'b', 8)) t(n, word, other)");
      Path file = folder.resolve("made.parquet");
      ParquetFile written =
          engine
              .write(
                  List.of(
                      new Export(
                          "made",
                          "SELECT n, word FROM made",
                          List.of("n", "word"),
                          file,
                          Export.Reading.SCAN)),
                  (done, of) -> {})
              .getFirst();
      assertThat(written.rows()).isEqualTo(6);
      assertThat(
              engine.read(
                  "SELECT * FROM " + Engine.parquet(List.of(file)),
                  row -> row.getString(1) + row.getString(2)))
          .containsExactly("nullnull", "nulla", "1a", "1b", "2null", "2b");
    }
  }

  @Test
  void spills_what_does_not_fit_and_ends_right() {
    try (Engine engine = Engine.open(new EngineSettings(100L << 20, 2, folder.resolve("spill")))) {
      engine.execute(
          "wide",
          "CREATE TABLE wide AS SELECT hash(range) AS h, CAST(range AS VARCHAR) || repeat('x', 40) AS t"
              + " FROM range(3000000)");
      engine.execute("sorted", "CREATE TABLE sorted AS SELECT * FROM wide ORDER BY t, h");
      assertThat(engine.number("SELECT COUNT(*) FROM sorted")).isEqualTo(3_000_000);
      assertThat(engine.number("SELECT SUM(size) FROM duckdb_temporary_files()")).isPositive();
    }
  }

  @Test
  void writes_rows_made_in_java_with_words_and_gaps() throws Exception {
    long absent = Long.MIN_VALUE;
    long[][] values = {{1, 2, absent}, {10, absent, 30}, {1, absent, 0}};
    RowSource source =
        new RowSource() {
          private boolean done;

          @Override
          public List<Column> columns() {
            return List.of(
                new Column("order", Kind.INTEGER),
                new Column("amount", Kind.BIGINT),
                new Column("kind", Kind.WORD, List.of("new", "old's")));
          }

          @Override
          public int next(Chunk chunk) {
            if (done) {
              return 0;
            }
            done = true;
            chunk.integers(0, values[0], 0, 3, absent);
            chunk.longs(1, values[1], 0, 3, absent);
            chunk.integers(2, values[2], 0, 3, absent);
            return 3;
          }
        };
    Path file = folder.resolve("rows.parquet");
    try (Engine engine = engine(2)) {
      engine.write(source, file);
      engine.view("rows_made", List.of(file));
      assertThat(
              engine.read(
                  "SELECT * FROM rows_made",
                  row -> Arrays.asList(row.getString(1), row.getString(2), row.getString(3))))
          .containsExactly(
              Arrays.asList("1", "10", "old's"),
              Arrays.asList("2", null, null),
              Arrays.asList(null, "30", "new"));
    }
  }

  @Test
  void throws_what_a_source_throws() {
    RowSource broken =
        new RowSource() {
          @Override
          public List<Column> columns() {
            return List.of(new Column("n", Kind.INTEGER));
          }

          @Override
          public int next(Chunk chunk) throws Exception {
            throw new java.io.IOException("the disk is gone");
          }
        };
    try (Engine engine = engine(1)) {
      assertThatThrownBy(() -> engine.write(broken, folder.resolve("never.parquet")))
          .isInstanceOf(java.io.IOException.class)
          .hasMessage("the disk is gone");
    }
  }
}
