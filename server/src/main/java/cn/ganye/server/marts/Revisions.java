package cn.ganye.server.marts;

import cn.ganye.engine.Engine;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Manifest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the marts of two snapshots. */
final class Revisions {
  private static final String MEMORY = "512MiB";

  private Revisions() {}

  static Revision between(Path root, Manifest then, Manifest now, String region, int month) {
    return new Revision(cells(root, then, now, region, month), files(then, now));
  }

  private static List<Revision.ChangedCell> cells(
      Path root, Manifest then, Manifest now, String region, int month) {
    try (Database database = Database.inMemory(MEMORY)) {
      return database.read(
          "main",
          rows ->
              rows.read(
                  "WITH earlier AS ("
                      + stock(root, then, month)
                      + "), later AS ("
                      + stock(root, now, month)
                      + ") SELECT region, status, basis, COALESCE(e.people, 0) AS earlier_people, COALESCE(l.people, 0) AS later_people"
                      + " FROM earlier e FULL JOIN later l USING (region, status, basis)"
                      + " WHERE region LIKE ? AND COALESCE(e.people, 0) <> COALESCE(l.people, 0)"
                      + " ORDER BY ABS(COALESCE(l.people, 0) - COALESCE(e.people, 0)) DESC, region, status, basis",
                  row ->
                      new Revision.ChangedCell(
                          row.text("region"),
                          row.text("status"),
                          row.text("basis"),
                          row.number("earlier_people"),
                          row.number("later_people")),
                  region + "%"));
    } catch (SQLException e) {
      throw new IllegalStateException("comparing snapshots", e);
    }
  }

  private static String stock(Path root, Manifest manifest, int month) {
    List<Path> files =
        manifest.marts().stream()
            .filter(
                m -> m.mart().equals("stock") && m.partition().endsWith(Integer.toString(month)))
            .map(m -> root.resolve(m.file()))
            .toList();
    return files.isEmpty()
        ? "SELECT '' AS region, '' AS status, '' AS basis, 0::BIGINT AS people WHERE FALSE"
        : "SELECT CAST(region AS VARCHAR) AS region, CAST(status AS VARCHAR) AS status, CAST(basis AS VARCHAR) AS basis, SUM(people)::BIGINT AS people FROM "
            + Engine.parquet(files)
            + " WHERE region_by = 'residence' GROUP BY ALL";
  }

  private static List<Revision.NewFiles> files(Manifest then, Manifest now) {
    Set<String> before =
        then.loads().stream().map(l -> l.file() + ' ' + l.sha256()).collect(Collectors.toSet());
    return now.loads().stream()
        .filter(load -> !before.contains(load.file() + ' ' + load.sha256()))
        .collect(
            Collectors.groupingBy(
                load -> load.dataset() + ' ' + load.region(), TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(Revisions::together)
        .toList();
  }

  private static Revision.NewFiles together(List<Load> loads) {
    return new Revision.NewFiles(
        loads.getFirst().dataset(),
        Integer.toString(loads.getFirst().region()),
        loads.size(),
        loads.stream().mapToLong(Load::records).sum(),
        loads.stream().mapToInt(Load::period).min().orElse(0),
        loads.stream().mapToInt(Load::period).max().orElse(0));
  }
}
