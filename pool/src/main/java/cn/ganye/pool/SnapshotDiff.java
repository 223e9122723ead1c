package cn.ganye.pool;

import cn.ganye.engine.Engine;
import cn.ganye.engine.Step;
import cn.ganye.engine.Steps;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Leases;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.MartDamage;
import cn.ganye.pool.snapshot.PoolFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two snapshots side by side: which cells of which marts moved, and which loads came or went. */
public final class SnapshotDiff {
  /**
   * A part of a mart that is not the same in both.
   *
   * @param cells rows, by their keys, that are in one alone or say something else
   */
  public record Part(String mart, String partition, long cells) {}

  /**
   * Cells that moved: their keys, and each other column before and after.
   *
   * @param header names of the columns
   */
  public record Cells(List<String> header, List<List<@Nullable Object>> rows) {}

  private record Place(String mart, String partition) {}

  private final Path root;
  private final Manifest before;
  private final Manifest after;
  private final Steps steps;

  SnapshotDiff(Path root, Manifest before, Manifest after, Steps steps) {
    this.root = root;
    this.before = before;
    this.after = after;
    this.steps = steps;
  }

  private Leases.Lease lease(Manifest manifest) {
    return Leases.take(new PoolFolder(root), manifest.snapshot());
  }

  /** Loads of the second that the first has not. */
  public List<Load> came() {
    return without(after.loads(), before.loads());
  }

  /** Loads of the first that the second has not. */
  public List<Load> went() {
    return without(before.loads(), after.loads());
  }

  private static List<Load> without(List<Load> loads, List<Load> others) {
    Set<Integer> numbers = others.stream().map(Load::load).collect(Collectors.toSet());
    return loads.stream().filter(load -> !numbers.contains(load.load())).toList();
  }

  /** The parts that differ. Files of the same hash are the same and are not read. */
  public List<Part> parts() {
    Map<Place, Manifest.MartFile> then = files(before);
    Map<Place, Manifest.MartFile> now = files(after);
    Set<Place> places = new LinkedHashSet<>(then.keySet());
    places.addAll(now.keySet());
    List<Part> parts = new ArrayList<>();
    try (Leases.Lease _ = lease(before);
        Leases.Lease _ = lease(after);
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (Place place : places) {
        Manifest.MartFile old = then.get(place);
        Manifest.MartFile fresh = now.get(place);
        if (old == null || fresh == null) {
          parts.add(
              new Part(
                  place.mart(),
                  place.partition(),
                  Objects.requireNonNull(old == null ? fresh : old).rows()));
        } else if (!old.sha256().equals(fresh.sha256())) {
          parts.add(
              new Part(
                  place.mart(),
                  place.partition(),
                  number(statement, counted(place.mart(), file(old), file(fresh)))));
        }
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    return parts;
  }

  /**
   * The cells of one mart that moved.
   *
   * @param most how many at most
   * @throws PoolProblem if there is no such mart
   */
  public Cells cells(String mart, int most) {
    List<String> keys = keys(mart);
    List<Path> then = paths(before, mart);
    List<Path> now = paths(after, mart);
    if (then.isEmpty() || now.isEmpty()) {
      throw PoolProblem.use(
          "mart-unknown",
          root.toString(),
          "not both snapshots have a mart " + mart,
          "docs/data-dictionary.md lists the marts");
    }
    try (Leases.Lease _ = lease(before);
        Leases.Lease _ = lease(after);
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      List<String> values = new ArrayList<>();
      try (ResultSet columns = statement.executeQuery("DESCRIBE FROM " + Engine.parquet(now))) {
        while (columns.next()) {
          if (!keys.contains(columns.getString(1))) {
            values.add(columns.getString(1));
          }
        }
      }
      List<String> header = new ArrayList<>(keys);
      StringBuilder shown = new StringBuilder(String.join(", ", coalesced(keys)));
      for (String value : values) {
        header.addAll(List.of(value + "_before", value + "_after"));
        shown.append(", a.").append(value).append(", b.").append(value);
      }
      String differs =
          values.stream()
              .map(v -> "a." + v + " IS DISTINCT FROM b." + v)
              .collect(Collectors.joining(" OR ", "(", ")"));
      String sql =
          "SELECT "
              + shown
              + joined(keys, Engine.parquet(then), Engine.parquet(now))
              + " WHERE "
              + (values.isEmpty() ? "" : differs + " OR ")
              + "a.is_there IS NULL OR b.is_there IS NULL"
              + " ORDER BY ALL LIMIT "
              + most;
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery(sql)) {
        while (found.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 1; i <= header.size(); i++) {
            row.add(found.getObject(i));
          }
          rows.add(row);
        }
      }
      return new Cells(header, rows);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private String counted(String mart, Path one, Path other) {
    List<String> keys = keys(mart);
    String then = Engine.parquet(List.of(one));
    String now = Engine.parquet(List.of(other));
    String moved =
        "((FROM "
            + then
            + " EXCEPT FROM "
            + now
            + ") UNION ALL (FROM "
            + now
            + " EXCEPT FROM "
            + then
            + "))";
    return "SELECT COUNT(*) FROM (SELECT DISTINCT "
        + (keys.isEmpty() ? "*" : String.join(", ", keys))
        + " FROM "
        + moved
        + ")";
  }

  /** Both as {@code a} and {@code b}, row by row where the keys are the same. */
  private static String joined(List<String> keys, String then, String now) {
    return " FROM (SELECT *, TRUE AS is_there FROM "
        + then
        + ") a FULL JOIN (SELECT *, TRUE AS is_there FROM "
        + now
        + ") b ON "
        + keys.stream()
            .map(key -> "a." + key + " IS NOT DISTINCT FROM b." + key)
            .collect(Collectors.joining(" AND "));
  }

  private static List<String> coalesced(List<String> keys) {
    return keys.stream().map(key -> "COALESCE(a." + key + ", b." + key + ") AS " + key).toList();
  }

  /** The columns by which a mart's rows are told apart. */
  private List<String> keys(String mart) {
    Optional<Step.Publication> publication =
        steps.ordered().stream()
            .filter(step -> step.name().equals(mart))
            .map(Step::publication)
            .filter(Objects::nonNull)
            .findFirst();
    return publication.map(Step.Publication::order).orElse(List.of());
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Map<Place, Manifest.MartFile> files(Manifest manifest) {
    Map<Place, Manifest.MartFile> files = new LinkedHashMap<>();
    manifest.marts().forEach(file -> files.put(new Place(file.mart(), file.partition()), file));
    return files;
  }

  private Path file(Manifest.MartFile file) {
    return root.resolve(file.file());
  }

  private List<Path> paths(Manifest manifest, String mart) {
    return manifest.marts().stream().filter(f -> f.mart().equals(mart)).map(this::file).toList();
  }

  private PoolProblem unreadable(SQLException e) {
    return MartDamage.of(root, before, mart -> true)
        .or(() -> MartDamage.of(root, after, mart -> true))
        .orElseGet(() -> MartDamage.unreadable(root, e.getMessage()));
  }
}
