package cn.ganye.pool.snapshot;

import cn.ganye.engine.Beside;
import cn.ganye.engine.Sql;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepEngine;
import cn.ganye.pool.PoolProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What must hold before a snapshot is published: each check is a SQL file that yields the rows that
 * break it.
 */
public final class SnapshotChecks {
  /** Rows that are shown of those that break a rule. */
  private static final int SHOWN = 3;

  /** Checks over marts that are always there, and the marts that each needs. */
  private static final SortedMap<String, Set<String>> FIXED =
      new TreeMap<>(
          Map.of(
              "flow-identities", Set.of("flow", "flow_quarter"),
              "frame-sums", Set.of("stock"),
              "od-frame", Set.of("od", "stock"),
              "record-account", Set.of("intake")));

  private SnapshotChecks() {}

  /** A rule, and the query of the rows that break it. */
  public record Check(String name, String sql) {}

  /** Hears of each check that has passed. */
  @FunctionalInterface
  public interface Listener {
    /** So many of so many checks have passed. */
    void checked(String check, int done, int of);
  }

  /**
   * Runs checks.
   *
   * @throws PoolProblem for the first of them that finds a row; the old snapshot stays in force
   */
  public static void run(StepEngine engine, List<Check> checks, Listener listener) {
    List<Check> passed = new ArrayList<>();
    Beside.each(
        checks,
        engine.queriesAtOnce(),
        check -> engine.firstRows(check.sql(), SHOWN),
        (check, rows) -> {
          if (!rows.isEmpty()) {
            throw broken(check.name(), "first rows: " + rows);
          }
          passed.add(check);
          listener.checked(check.name(), passed.size(), checks.size());
        });
  }

  /** Every check but those of keys. */
  public static List<Check> ofFigures(StepEngine engine, List<Step> published) {
    Set<String> names = published.stream().map(Step::name).collect(Collectors.toSet());
    List<Check> checks = new ArrayList<>();
    FIXED.forEach(
        (check, marts) -> {
          if (names.containsAll(marts)) {
            checks.add(new Check(check, Sql.resource(SnapshotChecks.class, check + ".sql")));
          }
        });
    published.forEach(step -> codes(engine, step).ifPresent(checks::add));
    return checks;
  }

  /**
   * No two rows of a mart have the same key. Publishing sees it as it orders the rows; this is for
   * who has not got that far.
   */
  public static List<Check> ofKeys(List<Step> published) {
    return published.stream()
        .map(
            step ->
                new Check(
                    step.name() + ": key-unique",
                    Sql.filled(
                        SnapshotChecks.class,
                        "key-unique.sql",
                        Map.of(
                            "mart",
                            step.name(),
                            "key",
                            String.join(
                                ", ", Objects.requireNonNull(step.publication()).order())))))
        .toList();
  }

  /** A column that is held as numbers of its list has no value outside it. */
  private static Optional<Check> codes(StepEngine engine, Step step) {
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
    return unlisted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Check(step.name() + ": code-listed", String.join("\nUNION ALL\n", unlisted)));
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
