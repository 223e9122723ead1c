package cn.ganye.pool.snapshot;

import cn.ganye.engine.Sql;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepEngine;
import cn.ganye.pool.PoolProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** Hears of each mart that has passed. */
  @FunctionalInterface
  public interface Listener {
    /** So many of so many marts have passed. */
    void checked(String mart, int done, int of);
  }

  /**
   * Runs every check but that of keys, which publishing makes as it orders the rows.
   *
   * @throws PoolProblem at the first that finds a row; the old snapshot stays in force
   */
  public static void run(StepEngine engine, List<Step> published, Listener listener) {
    Set<String> names = published.stream().map(Step::name).collect(Collectors.toSet());
    FIXED.forEach(
        (check, marts) -> {
          if (names.containsAll(marts)) {
            refuse(engine, check, Sql.resource(SnapshotChecks.class, check + ".sql"));
          }
        });
    for (int done = 0; done < published.size(); done++) {
      codes(engine, published.get(done));
      listener.checked(published.get(done).name(), done + 1, published.size());
    }
  }

  /**
   * Checks that no two rows of a mart have the same key.
   *
   * @throws PoolProblem if they do
   */
  public static void key(StepEngine engine, Step step) {
    String key = String.join(", ", Objects.requireNonNull(step.publication()).order());
    refuse(
        engine,
        step.name() + ": key-unique",
        Sql.filled(
            SnapshotChecks.class, "key-unique.sql", Map.of("mart", step.name(), "key", key)));
  }

  /** A column that is held as numbers of its list has no value outside it. */
  private static void codes(StepEngine engine, Step step) {
    Set<String> held = engine.heldAsNumbers(step.name());
    List<String> unlisted = new ArrayList<>();
    step.codes()
        .forEach(
            (column, list) -> {
              if (!held.contains(column)) {
                unlisted.add(
                    Sql.filled(
                        SnapshotChecks.class,
                        "code-listed.sql",
                        Map.of("mart", step.name(), "column", column, "list", list)));
              }
            });
    if (!unlisted.isEmpty()) {
      refuse(engine, step.name() + ": code-listed", String.join("\nUNION ALL\n", unlisted));
    }
  }

  private static void refuse(StepEngine engine, String check, String sql) {
    List<String> broken = engine.firstRows(sql, 3);
    if (!broken.isEmpty()) {
      throw broken(check, "first rows: " + broken);
    }
  }

  /** What is thrown where a rule is broken. */
  static PoolProblem broken(String check, String how) {
    return PoolProblem.work(
        "snapshot-check-failed",
        check,
        "the marts break a rule, " + how,
        "the old snapshot stays in force; report this with the file names of the last build");
  }
}
