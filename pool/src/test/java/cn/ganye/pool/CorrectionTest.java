package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import cn.ganye.pool.derivation.Derivation;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What was taken in is taken out again, and what was known on a day is told again. */
class CorrectionTest {
  @TempDir Path folder;

  private static int load(Sample sample, String file) {
    return Integer.parseInt(
        sample.query("SELECT load FROM intake WHERE file = '" + file + "'").getFirst());
  }

  private static BuildReport undo(Sample sample, Integer... loads) throws Exception {
    return PoolBuild.undo(sample.options(), List.of(loads), BuildListener.SILENT);
  }

  private static List<String> figures(Sample sample) {
    List<String> figures =
        sample.figures(
            List.of(
                "stock", "flow", "enterprise_month", "registered_unemployment", "household_month"));
    figures.addAll(
        sample.query(
            "SELECT file, records, accepted, quarantined, duplicates FROM intake ORDER BY 1"));
    return figures;
  }

  private Sample sample(String name) throws Exception {
    return new Sample(Files.createDirectories(folder.resolve(name))).people(6);
  }

  /** Small files of a dataset share a file of the lake: one of them goes, the others stay. */
  @Test
  void figures_are_as_if_the_file_had_never_come_and_it_may_come_again() throws Exception {
    Sample never = sample("never").month(202301, 1, 2, 3).month(202303, 1, 2);
    never.build();
    Sample sample =
        sample("undone").month(202301, 1, 2, 3).month(202302, 1, 2, 3, 4, 5).month(202303, 1, 2);
    BuildReport whole = sample.build();
    List<String> before = figures(sample);
    Path file = sample.in.resolve("contribution_360100_202302.csv");
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    int load = load(sample, "contribution_360100_202302.csv");
    Manifest undone = undo(sample, load).manifest();
    assertThat(figures(sample)).isEqualTo(figures(never)).isNotEqualTo(before);
    assertThat(undone.undone()).extracting(Load::load).containsExactly(load);
    assertThat(sample.build().changed()).isFalse();

    Files.write(file, bytes);
    BuildReport again = sample.build();
    assertThat(again.newFiles()).isEqualTo(1);
    assertThat(figures(sample)).isEqualTo(before);
    assertThat(load(sample, "contribution_360100_202302.csv"))
        .isGreaterThan(whole.manifest().nextLoad() - 1);
  }

  /** Ledgers of earlier versions do not say what the rows of a load hold. */
  @Test
  void what_loads_hold_is_counted_where_the_ledger_does_not_say() throws Exception {
    Sample told = sample("told").month(202301, 1, 2, 3).month(202302, 1, 2).month(202303, 1);
    told.build();
    Sample untold = told.copy(folder.resolve("untold"));
    PoolFolder pool = new PoolFolder(untold.pool);
    Path ledger = untold.pool.resolve("snapshots").resolve(pool.inForce().orElseThrow() + ".json");
    JsonMapper json = new JsonMapper();
    JsonNode manifest = json.readTree(ledger.toFile());
    manifest.get("loads").forEach(load -> ((ObjectNode) load).remove("content"));
    json.writeValue(ledger.toFile(), manifest);
    for (Sample sample : List.of(told, untold)) {
      undo(sample, load(sample, "contribution_360100_202303.csv"));
    }
    assertThat(pool.current().orElseThrow().loads()).extracting(Load::content).containsOnlyNulls();
    List<String> marts = List.of("coverage", "quality", "stock");
    assertThat(untold.figures(marts)).isEqualTo(told.figures(marts)).isNotEmpty();
  }

  @Test
  void a_correction_that_is_undone_gives_way_to_what_it_superseded() throws Exception {
    Sample sample = sample("superseded").month(202301, 1, 2);
    sample.build();
    List<String> before = sample.query("SELECT SUM(base_sum) FROM enterprise_month");
    sample.file(
        "contribution_360100_202301_20230301.csv",
        Sample.CONTRIBUTION,
        Sample.contribution(1, "U1", 202301).replace("5000.00", "9000.00"));
    sample.build();
    assertThat(sample.query("SELECT SUM(base_sum) FROM enterprise_month")).isNotEqualTo(before);
    assertThat(sample.query("SELECT superseded FROM intake WHERE file LIKE '%202301.csv'"))
        .containsExactly("1");
    undo(sample, load(sample, "contribution_360100_202301_20230301.csv"));
    assertThat(sample.query("SELECT SUM(base_sum) FROM enterprise_month")).isEqualTo(before);
    assertThat(sample.query("SELECT superseded FROM intake WHERE file LIKE '%202301.csv'"))
        .containsExactly("0");
  }

  @Test
  void what_was_sent_twice_goes_with_it_and_comes_again() throws Exception {
    Sample sample = sample("twice").month(202301, 1, 2);
    sample.build();
    Path first = sample.in.resolve("contribution_360100_202301.csv");
    Files.copy(first, sample.in.resolve("contribution_360100_202301_20230220.csv"));
    sample.build();
    List<String> stock = sample.query("FROM stock ORDER BY ALL");
    int load = load(sample, "contribution_360100_202301.csv");
    Files.delete(first);
    Manifest undone = undo(sample, load).manifest();
    assertThat(undone.loads()).noneMatch(l -> l.file().startsWith("contribution"));
    sample.build();
    assertThat(sample.query("FROM stock ORDER BY ALL")).isEqualTo(stock);
  }

  @Test
  void what_cannot_be_undone_says_why() throws Exception {
    Sample sample = sample("refused").month(202301, 1);
    Manifest before = sample.build().manifest();
    assertThatThrownBy(() -> undo(sample, 999))
        .isInstanceOf(PoolProblem.class)
        .hasMessageContaining("999");
    assertThatThrownBy(
            () ->
                undo(
                    sample,
                    before.loads().stream().map(Load::load).toList().toArray(Integer[]::new)))
        .isInstanceOf(PoolProblem.class)
        .hasMessageContaining("no records would be left");
    assertThat(Pool.at(sample.pool).current()).isEqualTo(before);
  }

  /** A death that was told in June is not known in May; the snapshot in force stays. */
  @Test
  void figures_as_they_were_known() throws Exception {
    Sample sample = sample("known").month(202301, 1, 2, 3);
    sample.build();
    List<String> then = sample.query("FROM stock ORDER BY ALL");
    sample.file(
        "deceased_360100__20230601.csv",
        "姓名,证件号码,死亡日期,注销日期,火化日期",
        "张三," + Sample.id(3) + ",2022-12-05,,");
    Manifest now = sample.build().manifest();
    assertThat(sample.query("FROM stock ORDER BY ALL")).isNotEqualTo(then);
    BuildReport known =
        PoolBuild.asKnownAt(sample.options(), LocalDate.of(2023, 5, 31), BuildListener.SILENT);
    Pool pool = Pool.at(sample.pool);
    assertThat(pool.current()).isEqualTo(now);
    try (QuerySession session =
        pool.query(pool.snapshot(known.manifest().snapshot().substring(0, 12)))) {
      assertThat(
              session.rows("FROM stock ORDER BY ALL").stream()
                  .map(row -> String.join("|", row.stream().map(String::valueOf).toList())))
          .isEqualTo(then);
    }
    BuildReport today =
        PoolBuild.asKnownAt(sample.options(), LocalDate.of(2026, 1, 1), BuildListener.SILENT);
    assertThat(today.changed()).isFalse();
    assertThat(today.manifest().snapshot()).isEqualTo(now.snapshot());
    assertThatThrownBy(
            () ->
                PoolBuild.asKnownAt(
                    sample.options(), LocalDate.of(2020, 1, 1), BuildListener.SILENT))
        .isInstanceOf(PoolProblem.class);
  }

  /** The rows lie with the copy that comes first by its name, whichever was sent first. */
  @Test
  void what_was_sent_twice_is_known_from_the_first_day() throws Exception {
    Sample sample = sample("copies");
    String[] lines = {Sample.CONTRIBUTION, Sample.contribution(1, "U1", 202301)};
    sample.file("a/contribution_360100_202301_20240601.csv", lines);
    sample.file("b/contribution_360100_202301_20230201.csv", lines);
    sample.build();
    assertThat(sample.query("SELECT duplicates FROM intake WHERE file LIKE 'b/%'"))
        .containsExactly("1");
    Manifest known =
        PoolBuild.asKnownAt(sample.options(), LocalDate.of(2023, 5, 31), BuildListener.SILENT)
            .manifest();
    try (QuerySession session = Pool.at(sample.pool).query(known)) {
      assertThat(session.rows("SELECT COUNT(*) FROM person_status WHERE basis = 'formal'"))
          .isEqualTo(List.of(List.of(1L)));
    }
  }

  @Test
  void a_diff_tells_which_cells_moved_and_by_which_loads() throws Exception {
    Sample sample = sample("diff").month(202301, 1, 2).month(202302, 1, 2);
    Manifest before = sample.build().manifest();
    sample.file(
        "contribution_360100_202302_20230401.csv",
        Sample.CONTRIBUTION,
        Sample.contribution(4, "U1", 202302));
    Manifest after = sample.build().manifest();
    SnapshotDiff diff = Pool.at(sample.pool).diff(before, after, Derivation.steps(null));
    assertThat(diff.came())
        .extracting(Load::file)
        .containsExactly("contribution_360100_202302_20230401.csv");
    assertThat(diff.went()).isEmpty();
    assertThat(diff.parts())
        .filteredOn(part -> part.mart().equals("enterprise_month"))
        .extracting(SnapshotDiff.Part::partition, SnapshotDiff.Part::cells)
        .containsExactly(tuple("month=202302", 1L));
    SnapshotDiff.Cells cells = diff.cells("enterprise_month", 10);
    assertThat(cells.header()).contains("headcount_before", "headcount_after");
    List<?> row = cells.rows().getFirst();
    assertThat(row.get(cells.header().indexOf("headcount_before")).toString()).isEqualTo("2");
    assertThat(row.get(cells.header().indexOf("headcount_after")).toString()).isEqualTo("3");
    assertThat(diff.cells("stock", 1).rows()).hasSize(1);
    assertThat(Pool.at(sample.pool).diff(after, after, Derivation.steps(null)).parts()).isEmpty();
    assertThatThrownBy(() -> diff.cells("no_such_mart", 1)).isInstanceOf(PoolProblem.class);
  }

  /** Killed between any two stages, an undo has happened or it has not. */
  @Test
  void an_undo_that_is_cut_off_leaves_the_snapshot() throws Exception {
    Sample sample = sample("cut").month(202301, 1, 2).month(202302, 1, 2, 3);
    Manifest before = sample.build().manifest();
    int load = load(sample, "contribution_360100_202302.csv");
    for (BuildStage stage : BuildStage.values()) {
      if (stage == BuildStage.SCAN || stage == BuildStage.INTAKE || stage == BuildStage.SWEEP) {
        continue;
      }
      BuildListener cutting =
          new BuildListener() {
            @Override
            public void stage(BuildStage entered) {
              if (entered == stage) {
                throw new IllegalStateException(
                    "cut off in " + stage.name().toLowerCase(Locale.ROOT));
              }
            }
          };
      assertThatThrownBy(() -> PoolBuild.undo(sample.options(), List.of(load), cutting))
          .isInstanceOf(IllegalStateException.class);
      assertThat(Pool.at(sample.pool).current()).isEqualTo(before);
    }
    assertThat(undo(sample, load).manifest().loads()).noneMatch(l -> l.load() == load);
  }
}
