package cn.ganye.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepListener;
import cn.ganye.engine.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Steps over a table of numbers that read, join, count and place: small, with three shuffles. */
final class Numbers {
  private static final int MANY = 1_200_000;
  private static final int FILES = 8;

  private static final Steps STEPS =
      new Steps(
          List.of(
              step(
                  "keyed", "number", "id, key", "SELECT id, mix32(id) % 200000 AS key FROM number"),
              step(
                  "total",
                  "keyed",
                  "key, n, last",
                  "SELECT key, COUNT(*) AS n, MAX(id) AS last FROM keyed GROUP BY key"),
              step(
                  "placed",
                  "keyed, total",
                  "id, n, place",
                  "SELECT k.id, t.n, CAST(ROW_NUMBER() OVER (PARTITION BY k.key ORDER BY k.id) AS BIGINT) AS place"
                      + " FROM keyed k JOIN total t ON t.key = k.key"),
              step(
                  "counted",
                  "placed",
                  "place, n, numbers, last",
                  "SELECT place, n, COUNT(*) AS numbers, MAX(id) AS last FROM placed GROUP BY place, n")));

  private final Path folder;
  private final List<Path> given = new ArrayList<>();

  /** Writes the table into files of a folder. */
  Numbers(Path folder) {
    this.folder = folder;
    try (Engine engine = engine()) {
      for (int at = 0; at < FILES; at++) {
        Path file = folder.resolve("number-" + at + ".parquet");
        engine.write(
            "numbers",
            String.format(
                "SELECT range AS id FROM range(%d, %d)",
                at * (MANY / FILES), (at + 1) * (MANY / FILES)),
            file);
        given.add(file);
      }
    }
  }

  private static Step step(String name, String inputs, String columns, String sql) {
    return Step.parse(
        name,
        String.format(
            "-- question  ?%n-- grain  ?%n-- inputs  %s%n-- output  %s(%s)%n%s%s",
            inputs,
            name,
            columns,
            name.equals("counted") ? "-- publish  whole\n-- order  place, n\n" : "",
            sql));
  }

  private Engine engine() {
    return Engine.open(new EngineSettings(1L << 30, 2, folder.resolve("spill")));
  }

  /** Hands the table over and runs the steps. */
  void run(Cluster cluster, StepListener listener) {
    cluster.table("number", given);
    cluster.run(STEPS, listener);
  }

  /** Runs the steps, closes the cluster, and sees that DuckDB makes the same of them. */
  Cluster.Used endRight(Cluster cluster, StepListener listener) {
    List<Path> back;
    try (cluster) {
      run(cluster, listener);
      back = cluster.bring("counted", folder.resolve("back"));
    }
    try (Engine engine = engine()) {
      engine.view("number", given);
      engine.run(STEPS, StepListener.SILENT);
      String there = Engine.parquet(back);
      assertThat(engine.firstRows("FROM counted EXCEPT ALL FROM " + there, 3)).isEmpty();
      assertThat(engine.firstRows("FROM " + there + " EXCEPT ALL FROM counted", 3)).isEmpty();
      assertThat(engine.number("SELECT SUM(numbers) FROM counted")).isEqualTo(MANY);
    }
    assertThat(cluster.used().shuffledBytes()).isPositive();
    return cluster.used();
  }
}
