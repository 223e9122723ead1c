package cn.ganye.pool;

import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.Sql;
import cn.ganye.engine.Steps;
import cn.ganye.pool.contract.ColumnType;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.derivation.LedgerTables;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.lake.Settlement;
import cn.ganye.pool.snapshot.Leases;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.reference.Industries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a mart, or a cell of it, comes from: the steps, the datasets that they read, and the loads
 * whose records stand behind it. Of a cell these are records about the people or enterprises that
 * it counts; of datasets by month, those of its months.
 */
public final class Lineage {
  private static final String HOME = "36";

  /** What each step of the way says, those read first before those that read them. */
  public record Made(String step, String question, List<String> inputs) {}

  /** A load, and how many of its records stand behind the figure. */
  public record Behind(Load load, long records) {}

  /**
   * The answer.
   *
   * @param rows of the mart that the cell has; of a whole mart all of them
   * @param people whom the cell counts; 0 where it counts none, or of a whole mart
   * @param enterprises likewise
   */
  public record Report(
      String mart,
      Map<String, String> cell,
      long rows,
      long people,
      long enterprises,
      List<Made> steps,
      List<String> datasets,
      List<Behind> loads) {}

  private final PoolFolder folder;
  private final Manifest manifest;
  private final Steps steps;
  private final Contracts contracts;

  /** Of a snapshot that is kept. */
  public Lineage(Path pool, Manifest manifest, Steps steps, Contracts contracts) {
    this.folder = new PoolFolder(pool);
    this.manifest = manifest;
    this.steps = steps;
    this.contracts = contracts;
  }

  /**
   * Of a mart, or of the cells that have some values.
   *
   * @param cell values by column; empty for the whole mart
   * @throws PoolProblem if there is no such mart, column or cell, or the mart's cells name nobody
   */
  public Report of(String mart, Map<String, String> cell) throws IOException {
    List<Path> files = files(mart);
    Steps up = steps.upTo(Set.of(mart));
    List<Contract> sources =
        contracts.all().stream().filter(c -> up.sources().contains(c.table())).toList();
    List<Made> made =
        up.ordered().stream()
            .map(step -> new Made(step.name(), step.question(), step.inputs()))
            .toList();
    List<String> datasets = sources.stream().map(Contract::id).toList();
    if (cell.isEmpty()) {
      long rows =
          manifest.marts().stream()
              .filter(file -> file.mart().equals(mart))
              .mapToLong(Manifest.MartFile::rows)
              .sum();
      return new Report(mart, cell, rows, 0, 0, made, datasets, whole(mart, datasets));
    }
    Path spill = folder.root().resolve("lineage-" + ProcessHandle.current().pid());
    Vault.makePrivate(spill);
    try (Leases.Lease _ = Leases.take(folder, manifest.snapshot());
        Engine engine =
            Engine.open(
                new EngineSettings(
                    Memory.machine() / 4, Runtime.getRuntime().availableProcessors(), spill))) {
      long rows = cell(engine, mart, files, cell);
      if (columns(engine, "cell").containsKey("load")) {
        return new Report(mart, cell, rows, 0, 0, made, datasets, named(engine));
      }
      if (mart.equals("coverage") || mart.equals("quality")) {
        return new Report(mart, cell, rows, 0, 0, made, datasets, sent(engine));
      }
      behind(engine, mart);
      LedgerTables.loads(engine, manifest.loads(), Integer.parseInt(HOME) * 10_000);
      Settlement.settle(
          engine, sources, manifest.loads(), manifest.undone(), folder::find, (set, i, of) -> {});
      Map<Integer, Long> found = new TreeMap<>();
      for (Contract source : sources) {
        records(engine, source, found);
      }
      return new Report(
          mart,
          cell,
          rows,
          engine.number("SELECT COUNT(DISTINCT person) FROM behind"),
          engine.number("SELECT COUNT(DISTINCT enterprise) FROM behind WHERE person IS NULL"),
          made,
          datasets,
          manifest.loads().stream()
              .filter(load -> found.containsKey(load.load()))
              .map(load -> new Behind(load, found.getOrDefault(load.load(), 0L)))
              .toList());
    } finally {
      delete(spill);
    }
  }

  private List<Path> files(String mart) {
    List<Path> files = files(manifest, mart);
    if (files.isEmpty()) {
      throw PoolProblem.use(
          "mart-unknown",
          folder.root().toString(),
          "the snapshot has no mart " + mart,
          "docs/data-dictionary.md lists the marts");
    }
    return files;
  }

  private List<Path> files(Manifest of, String mart) {
    return of.marts().stream()
        .filter(file -> file.mart().equals(mart))
        .map(file -> folder.root().resolve(file.file()))
        .toList();
  }

  /** Of a whole mart: every load of its datasets; what is about loads themselves has all. */
  private List<Behind> whole(String mart, List<String> datasets) {
    boolean all = datasets.isEmpty() || mart.equals("quality") || mart.equals("coverage");
    return manifest.loads().stream()
        .filter(load -> all || (datasets.contains(load.dataset()) && load.lake() != null))
        .map(load -> new Behind(load, load.records() - load.quarantined()))
        .toList();
  }

  private static Map<String, String> columns(Engine engine, String table) {
    Map<String, String> columns = new LinkedHashMap<>();
    engine
        .read(
            "SELECT column_name, column_type FROM (DESCRIBE " + table + ")",
            row -> List.of(row.getString(1), row.getString(2)))
        .forEach(column -> columns.put(column.get(0), column.get(1)));
    return columns;
  }

  /** Makes the table {@code cell} and tells how many rows it has. */
  private long cell(Engine engine, String mart, List<Path> files, Map<String, String> cell) {
    engine.view("asked_mart", files);
    Map<String, String> columns = columns(engine, "asked_mart");
    List<String> conditions = new ArrayList<>();
    cell.forEach(
        (column, value) -> {
          if (!columns.containsKey(column)) {
            throw PoolProblem.use(
                "column-unknown",
                mart + "." + column,
                "the mart " + mart + " has no such column",
                "its columns: " + String.join(", ", columns.keySet()));
          }
          conditions.add("CAST(" + column + " AS VARCHAR) = " + Engine.literal(value));
        });
    engine.execute(
        "cell",
        "CREATE TABLE cell AS SELECT * FROM asked_mart WHERE " + String.join(" AND ", conditions));
    long rows = engine.number("SELECT COUNT(*) FROM cell");
    if (rows == 0) {
      throw PoolProblem.use(
          "cell-unknown",
          mart + " " + cell,
          "no row of the mart has these values",
          "ask it first: ./ganye pool query \"SELECT * FROM " + mart + " LIMIT 10\"");
    }
    return rows;
  }

  /** Loads that the rows themselves name. */
  private List<Behind> named(Engine engine) {
    Set<Integer> loads =
        Set.copyOf(engine.read("SELECT DISTINCT load FROM cell", row -> row.getInt(1)));
    return manifest.loads().stream()
        .filter(load -> loads.contains(load.load()))
        .map(load -> new Behind(load, load.records()))
        .toList();
  }

  /** Loads of a sender and month: those that were to say whether it has reported, and how well. */
  private List<Behind> sent(Engine engine) {
    record Asked(String dataset, String region, int month) {}
    String region =
        columns(engine, "cell").containsKey("region") ? "region" : "CAST('' AS VARCHAR)";
    List<Asked> asked =
        engine.read(
            "SELECT DISTINCT CAST(dataset AS VARCHAR), CAST("
                + region
                + " AS VARCHAR), month FROM cell",
            row -> new Asked(row.getString(1), row.getString(2), row.getInt(3)));
    return manifest.loads().stream()
        .filter(
            load ->
                asked.stream()
                    .anyMatch(
                        a ->
                            a.dataset().equals(load.dataset())
                                && (a.region().isEmpty()
                                    || Integer.parseInt(a.region()) == load.region())
                                && (load.period() == 0 || load.period() == a.month())))
        .map(load -> new Behind(load, load.records()))
        .toList();
  }

  /** Makes {@code behind}: the people whom the cells count, and the enterprises. */
  private void behind(Engine engine, String mart) {
    Set<String> own = columns(engine, "cell").keySet();
    String resource = mart + ".sql";
    String sql;
    if (Lineage.class.getResource("lineage/" + resource) != null) {
      for (String other :
          List.of(
              "person_status",
              "person_frame",
              "person_group",
              "person_registration",
              "new_employment_event",
              "suspected_household",
              "enterprise_month",
              "enterprise_quarter",
              "enterprise_vacancy")) {
        engine.view(other, files(manifest, other));
      }
      sql = Sql.resource(Lineage.class, "lineage/" + resource);
      List<Object[]> divisions = new ArrayList<>();
      Industries.divisions().forEach(d -> divisions.add(new Object[] {d.code(), d.section()}));
      engine.table("division", "code VARCHAR, section VARCHAR", divisions);
      if (sql.contains("JOIN state ")) {
        engine.execute(
            "state", "CREATE VIEW state AS " + Sql.resource(Lineage.class, "lineage/state.sql"));
      }
    } else if (own.contains("person") || own.contains("enterprise")) {
      sql =
          "SELECT DISTINCT "
              + (own.contains("person") ? "CAST(person AS BIGINT)" : "CAST(NULL AS BIGINT)")
              + " AS person, "
              + (own.contains("enterprise") ? "CAST(enterprise AS BIGINT)" : "CAST(NULL AS BIGINT)")
              + " AS enterprise FROM cell";
    } else {
      throw PoolProblem.use(
          "cell-unnamed",
          mart,
          "it is not told who is counted in a cell of " + mart,
          "ask without --cell, or for a cell of stock, flow or enterprise_month");
    }
    engine.execute("behind", "CREATE TABLE behind AS " + sql);
  }

  /** Months that the cells speak of; of jobs also those before and after, which hires need. */
  private static String months(Engine engine) {
    Map<String, String> columns = columns(engine, "cell");
    String of;
    if (columns.containsKey("month")) {
      of = "SELECT month, month AS last FROM cell";
    } else if (columns.containsKey("period")) {
      of =
          "SELECT CASE WHEN LENGTH(period) = 6 AND SUBSTR(period, 5, 1) = 'Q' THEN CAST(SUBSTR(period, 1, 4) AS INTEGER) * 100 + CAST(SUBSTR(period, 6) AS INTEGER) * 3 - 2"
              + " ELSE CAST(period AS INTEGER) END AS month,"
              + " CASE WHEN LENGTH(period) = 6 AND SUBSTR(period, 5, 1) = 'Q' THEN CAST(SUBSTR(period, 1, 4) AS INTEGER) * 100 + CAST(SUBSTR(period, 6) AS INTEGER) * 3"
              + " ELSE CAST(period AS INTEGER) END AS last FROM cell";
    } else if (columns.containsKey("from_month")) {
      of = "SELECT from_month AS month, to_month AS last FROM cell";
    } else {
      return "";
    }
    boolean jobs = columns.containsKey("hires") || columns.containsKey("m");
    int more = jobs ? 1 : 0;
    String index = "(%s // 100 * 12 + %s %% 100 - 1)";
    return "SELECT DISTINCT x.ix // 12 * 100 + x.ix % 12 + 1 FROM (SELECT DISTINCT "
        + index.formatted("month", "month")
        + " AS a, "
        + index.formatted("last", "last")
        + " AS b FROM ("
        + of
        + ")) m, LATERAL (SELECT UNNEST(RANGE(m.a - "
        + more
        + ", m.b + "
        + (1 + more)
        + ")) AS ix) x";
  }

  /** Counts the records of a dataset that stand behind the cells, by load. */
  private static void records(Engine engine, Contract source, Map<Integer, Long> found) {
    List<String> who = new ArrayList<>();
    for (Contract.Column column : source.stored()) {
      String in = column.name() + " IN (SELECT ";
      if (column.type().isPerson()) {
        who.add(in + "person FROM behind)");
      } else if (column.type() == ColumnType.UNIT_NO) {
        who.add(
            source.id().equals("insured-unit")
                ? "COALESCE(enterprise, unit) IN (SELECT enterprise FROM behind)"
                : units(engine, in));
      } else if (column.type().isEnterprise() && !source.id().equals("insured-unit")) {
        who.add(in + "enterprise FROM behind)");
      }
    }
    if (who.isEmpty()) {
      return;
    }
    boolean aboutPeople = source.stored().stream().anyMatch(column -> column.type().isPerson());
    if (aboutPeople && engine.number("SELECT COUNT(person) FROM behind") > 0) {
      who.removeIf(condition -> !condition.endsWith("SELECT person FROM behind)"));
    }
    String when = "";
    String months = source.period() == null ? "" : months(engine);
    if (!months.isEmpty()) {
      when =
          source.stored().stream()
              .filter(column -> column.type() == ColumnType.YYYYMM)
              .map(column -> column.name() + " IN (" + months + ")")
              .collect(Collectors.joining(" OR ", " AND (", ")"));
    }
    engine
        .read(
            "SELECT load, COUNT(*) FROM "
                + source.table()
                + " WHERE ("
                + String.join(" OR ", who)
                + ")"
                + when
                + " GROUP BY load",
            row -> new long[] {row.getLong(1), row.getLong(2)})
        .forEach(line -> found.merge((int) line[0], line[1], Long::sum));
  }

  /** Units of the enterprises, by the crosswalk where the figure reads it. */
  private static String units(Engine engine, String in) {
    boolean crosswalk =
        engine.number(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'insured_unit'")
            > 0;
    return in
        + "enterprise FROM behind"
        + (crosswalk
            ? " UNION SELECT unit FROM insured_unit WHERE COALESCE(enterprise, unit) IN (SELECT enterprise FROM behind))"
            : ")");
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
