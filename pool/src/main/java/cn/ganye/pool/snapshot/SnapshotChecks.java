package cn.ganye.pool.snapshot;

import cn.ganye.engine.Engine;
import cn.ganye.engine.Step;
import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must hold before a snapshot is published: each check is a SQL file that yields the rows that
 * break it.
 */
public final class SnapshotChecks {
  /** Checks over marts that are always there, and the marts that each needs. */
  private static final Map<String, Set<String>> FIXED =
      Map.of(
          "flow-identities", Set.of("flow", "flow_quarter"),
          "frame-sums", Set.of("stock"),
          "od-frame", Set.of("od", "stock"),
          "record-account", Set.of("intake"));

  private SnapshotChecks() {}

  /**
   * Runs every check.
   *
   * @throws PoolProblem at the first that finds a row; the old snapshot stays in force
   */
  public static void run(Engine engine, List<Step> published) {
    Set<String> names = published.stream().map(Step::name).collect(Collectors.toSet());
    FIXED.forEach(
        (check, marts) -> {
          if (names.containsAll(marts)) {
            refuse(engine, check, resource(check));
          }
        });
    for (Step step : published) {
      Step.Publication publication = step.publication();
      if (publication == null) {
        continue;
      }
      String key = String.join(", ", publication.order());
      refuse(
          engine,
          step.name() + ": key-unique",
          fill("key-unique", Map.of("mart", step.name(), "key", key)));
      step.codes()
          .forEach(
              (column, list) ->
                  refuse(
                      engine,
                      step.name() + "." + column + ": code-listed",
                      fill(
                          "code-listed",
                          Map.of("mart", step.name(), "column", column, "list", list))));
    }
  }

  private static void refuse(Engine engine, String check, String sql) {
    List<String> broken =
        engine.read(
            "SELECT CAST(r AS VARCHAR) FROM (" + sql + "\n) r LIMIT 3", row -> row.getString(1));
    if (!broken.isEmpty()) {
      throw PoolProblem.work(
          "snapshot-check-failed",
          check,
          "the marts break a rule, first rows: " + broken,
          "the old snapshot stays in force; report this with the file names of the last build");
    }
  }

  private static String fill(String template, Map<String, String> names) {
    String sql = resource(template);
    for (Map.Entry<String, String> name : names.entrySet()) {
      sql = sql.replace("${" + name.getKey() + "}", name.getValue());
    }
    return sql;
  }

  private static String resource(String name) {
    try (InputStream in = SnapshotChecks.class.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("no check " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
