package cn.ganye.server.marts;

import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineException;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Leases;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.MartDamage;
import cn.ganye.pool.snapshot.PoolFolder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One snapshot in a DuckDB of its own, in memory, over the snapshot's files. The schema {@code
 * pool} has all rows and is named by no reader; each region has a schema of views over it.
 */
final class OpenSnapshot {
  private static final Pattern RUN = Pattern.compile("person-from=(\\d+)");
  private static final Pattern MONTH = Pattern.compile("month=(\\d{6})");
  private static final int RECORDS = 200;

  /** Asked for by one month: a view of its file alone, as {@code stock_202512}. */
  private static final List<String> ONE_MONTH = List.of("stock", "group_stock");

  private static final String MEMORY = "2048MiB";

  /** Marts by region, and the columns by which a row belongs to one. */
  private static final Map<String, List<String>> BY_REGION =
      Map.ofEntries(
          Map.entry("stock", List.of("region")),
          Map.entry("status_month", List.of("region")),
          Map.entry("employed_month", List.of("region")),
          Map.entry("group_month", List.of("region")),
          Map.entry("stock_industry", List.of("region")),
          Map.entry("group_stock", List.of("region")),
          Map.entry("flow", List.of("region")),
          Map.entry("flow_quarter", List.of("region")),
          Map.entry("od", List.of("from_region", "to_region")),
          Map.entry("township_stock", List.of("region")),
          Map.entry("household_month", List.of("region")),
          Map.entry("registered_unemployment", List.of("region")),
          Map.entry("person_registration", List.of("region")),
          Map.entry("new_employment_event", List.of("region")),
          Map.entry("suspected_household", List.of("region")),
          Map.entry("new_urban_employment", List.of("region")),
          Map.entry("coverage", List.of("region")),
          Map.entry("vacancy_quarter", List.of("region")),
          Map.entry("seeker_quarter", List.of("region")),
          Map.entry("supply_month", List.of("region")),
          Map.entry("enterprise_spot", List.of("region")),
          Map.entry("enterprise_month", List.of("region")),
          Map.entry("enterprise_quarter", List.of("region")),
          Map.entry("enterprise_vacancy", List.of("region")),
          Map.entry("enterprise_origin", List.of("region")),
          Map.entry("industry_month", List.of("region")),
          Map.entry("enterprise_place", List.of("region")));

  private final Path root;
  private final Manifest manifest;
  private final Leases.Lease lease;
  private final Database database;
  private final Lookups lookups;

  /** Views of one month. */
  private final List<String> oneMonth;

  private final Set<String> schemas = new HashSet<>();

  private int leases = 1;

  private OpenSnapshot(
      Path root,
      Manifest manifest,
      Leases.Lease lease,
      Database database,
      List<String> oneMonth,
      Lookups lookups) {
    this.root = root;
    this.manifest = manifest;
    this.lease = lease;
    this.database = database;
    this.oneMonth = oneMonth;
    this.lookups = lookups;
  }

  /** Opens a snapshot, which stays until it is released. */
  static OpenSnapshot of(Path root, Manifest manifest) {
    Leases.Lease lease = Leases.take(new PoolFolder(root), manifest.snapshot());
    Map<String, List<Path>> files = new LinkedHashMap<>();
    NavigableMap<Long, Path> persons = new TreeMap<>();
    Map<String, Path> months = new TreeMap<>();
    for (Manifest.MartFile mart : manifest.marts()) {
      Path file = root.resolve(mart.file());
      files.computeIfAbsent(mart.mart(), name -> new ArrayList<>()).add(file);
      Matcher month = MONTH.matcher(mart.partition());
      if (ONE_MONTH.contains(mart.mart()) && month.matches()) {
        months.put(mart.mart() + "_" + month.group(1), file);
      }
      Matcher run = RUN.matcher(mart.partition());
      if (mart.mart().equals("person_file")) {
        persons.put(run.matches() ? Long.parseLong(run.group(1)) : 0L, file);
      }
    }
    try {
      String directory = directory(root, manifest);
      return new OpenSnapshot(
          root,
          manifest,
          lease,
          filled(files, months, directory),
          List.copyOf(months.keySet()),
          Lookups.of(
              persons,
              directory,
              Engine.parquet(files.getOrDefault("enterprise_month", List.of())),
              Engine.parquet(files.getOrDefault("enterprise_origin", List.of()))));
    } catch (SQLException e) {
      lease.close();
      throw MartDamage.of(root, manifest, mart -> true)
          .orElseGet(() -> MartDamage.unreadable(root, e.getMessage()));
    }
  }

  private static String directory(Path root, Manifest manifest) {
    String directory = manifest.directory();
    return directory == null
        ? "(SELECT 0::INTEGER AS enterprise, ''::VARCHAR AS enterprise_ref, ''::VARCHAR AS number, ''::VARCHAR AS name WHERE 1 = 0)"
        : Engine.parquet(List.of(root.resolve(directory)));
  }

  private static Database filled(
      Map<String, List<Path>> files, Map<String, Path> months, String directory)
      throws SQLException {
    Database database = Database.inMemory(MEMORY);
    database.execute("CREATE SCHEMA pool");
    for (Map.Entry<String, Path> month : months.entrySet()) {
      database.execute(
          "CREATE VIEW pool."
              + month.getKey()
              + " AS FROM "
              + Engine.parquet(List.of(month.getValue())));
    }
    for (Map.Entry<String, List<Path>> mart : files.entrySet()) {
      database.execute(
          "CREATE VIEW pool." + mart.getKey() + " AS FROM " + Engine.parquet(mart.getValue()));
    }
    database.execute("CREATE TABLE pool.enterprise AS FROM " + directory);
    rollUp(database);
    return database;
  }

  /**
   * What is asked most, held in memory: people and key groups by status with coarse ages (0, 16,
   * 60), the employed by section, bases by section, vacancies and seekers of a month's quarter, and
   * where enterprises have jobs.
   */
  private static void rollUp(Database database) throws SQLException {
    String counted =
        "SUM(people)::BIGINT AS people, (SUM(cell_key) % 4294967296)::BIGINT AS cell_key";
    String age =
        "CASE WHEN age_group < 16 THEN LEAST(age_group, 0) WHEN age_group < 60 THEN 16 ELSE 60 END AS age_group, ";
    database.execute(
        "CREATE TABLE pool.group_month AS SELECT month, region_by, region, key_group, status, "
            + age
            + counted
            + " FROM pool.group_stock GROUP BY ALL ORDER BY key_group, region_by, region, month");
    database.execute(
        "CREATE TABLE pool.status_month AS SELECT month, region_by, region, status, basis, "
            + age
            + counted
            + " FROM pool.stock GROUP BY ALL ORDER BY region_by, region, month");
    database.execute(
        "CREATE TABLE pool.employed_month AS SELECT month, region_by, region, industry, "
            + counted
            + " FROM pool.stock WHERE status = 'EMPLOYED' AND region_by IN ('residence', 'work')"
            + " GROUP BY ALL ORDER BY region_by, region, month");
    database.execute(
        "CREATE TABLE pool.industry_month AS SELECT month, region, industry, SUM(headcount) AS headcount,"
            + " SUM(base_sum) AS base_sum FROM pool.enterprise_month GROUP BY month, region, industry ORDER BY industry, month");
    database.execute(
        "CREATE TABLE pool.supply_month AS WITH asked AS (SELECT DISTINCT month, month // 100 || 'Q' || (month % 100 + 2) // 3 AS period FROM pool.coverage),"
            + " demand AS (SELECT period, region, CASE WHEN COUNT(*) = COUNT(heads) THEN SUM(heads) END AS heads FROM pool.vacancy_quarter GROUP BY ALL),"
            + " supply AS (SELECT period, region, CASE WHEN COUNT(*) = COUNT(people) THEN SUM(people) END AS people,"
            + " COALESCE(SUM(cell_key), 0) % 4294967296 AS cell_key FROM pool.seeker_quarter GROUP BY ALL)"
            + " SELECT a.month, region, d.heads, s.people, s.cell_key FROM demand d FULL JOIN supply s USING (period, region) JOIN asked a USING (period) ORDER BY month, region");
    database.execute(
        "CREATE TABLE pool.enterprise_place AS SELECT enterprise, region, ARG_MAX(industry, month) AS industry,"
            + " MAX(month) AS last_month, ARG_MAX(headcount, month) AS headcount"
            + " FROM pool.enterprise_month WHERE headcount IS NOT NULL GROUP BY enterprise, region ORDER BY region, enterprise");
    database.execute(SPOTS);
  }

  /**
   * Enterprises where they filed to stand, with their people in the last month and a year before:
   * px and py count from the world's north-west corner in 2²⁴ths of the Web Mercator square.
   */
  private static final String SPOTS =
      "CREATE TABLE pool.enterprise_spot AS WITH last AS (SELECT MAX(month) AS month FROM pool.enterprise_month)"
          + " SELECT p.region, p.enterprise, e.enterprise_ref AS ref, e.name, p.industry,"
          + " SUM(CASE WHEN m.month = last.month THEN m.headcount END) AS headcount,"
          + " SUM(CASE WHEN m.month = last.month - 100 THEN m.headcount END) AS before,"
          + " CAST(FLOOR((q.longitude / 1e6 + 180) / 360 * 16777216) AS INTEGER) AS px,"
          + " CAST(FLOOR((1 - LN(TAN(RADIANS(q.latitude / 1e6)) + 1 / COS(RADIANS(q.latitude / 1e6))) / PI()) / 2 * 16777216) AS INTEGER) AS py"
          + " FROM pool.enterprise_place p JOIN pool.enterprise_point q ON q.enterprise = p.enterprise AND q.region = p.region"
          + " JOIN (SELECT enterprise, ANY_VALUE(enterprise_ref) AS enterprise_ref, ANY_VALUE(name) AS name FROM pool.enterprise GROUP BY enterprise) e ON e.enterprise = p.enterprise"
          + " CROSS JOIN last LEFT JOIN pool.enterprise_month m ON m.enterprise = p.enterprise AND m.region = p.region AND m.month IN (last.month, last.month - 100)"
          + " GROUP BY ALL ORDER BY py, px";

  /** The schema with the rows of a region; made when first asked for. */
  private synchronized String regionSchema(String region) {
    if (!region.matches("[0-9]{2,6}")) {
      throw new IllegalArgumentException("no region: " + region);
    }
    String schema = "region_" + region;
    if (schemas.add(schema)) {
      try {
        database.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
        database.execute("CREATE SCHEMA " + schema);
        for (Map.Entry<String, List<String>> mart : BY_REGION.entrySet()) {
          String where =
              String.join(
                  " OR ",
                  mart.getValue().stream()
                      .map(column -> column + " LIKE '" + region + "%'")
                      .toList());
          database.execute(
              "CREATE VIEW "
                  + schema
                  + "."
                  + mart.getKey()
                  + " AS SELECT * FROM pool."
                  + mart.getKey()
                  + " WHERE "
                  + where);
        }
        for (String month : oneMonth) {
          database.execute(
              "CREATE VIEW "
                  + schema
                  + "."
                  + month
                  + " AS SELECT * FROM pool."
                  + month
                  + " WHERE region LIKE '"
                  + region
                  + "%'");
        }
        database.execute(
            "CREATE VIEW "
                + schema
                + ".person_state AS SELECT s.*, f.residence, f.hukou, f.sex, f.birth_month, f.education"
                + " FROM pool.person_status s JOIN pool.person_frame f ON f.person = s.person"
                + " WHERE f.residence LIKE '"
                + region
                + "%' OR f.hukou LIKE '"
                + region
                + "%' OR s.region LIKE '"
                + region
                + "%' OR s.insured LIKE '"
                + region
                + "%'");
        database.execute(
            "CREATE VIEW "
                + schema
                + ".person_group AS SELECT * FROM pool.person_group WHERE person IN (SELECT person FROM "
                + schema
                + ".person_state)");
        database.execute(
            "CREATE VIEW "
                + schema
                + ".enterprise AS SELECT * FROM pool.enterprise WHERE enterprise IN (SELECT enterprise FROM "
                + schema
                + ".enterprise_place UNION ALL SELECT enterprise FROM "
                + schema
                + ".enterprise_vacancy)");
        for (String open : List.of("quality", "intake", "refusal")) {
          if (region.length() == 2) {
            database.execute(
                "CREATE VIEW " + schema + "." + open + " AS SELECT * FROM pool." + open);
          }
        }
      } catch (SQLException e) {
        schemas.remove(schema);
        throw new EngineException("views of " + region, e);
      }
    }
    return schema;
  }

  Lookups lookups() {
    return lookups;
  }

  /** Reads in the schema of a region. */
  <T> T readRegion(String region, Function<Rows, T> reading) {
    return database.read(regionSchema(region), reading::apply);
  }

  /** What one dataset's files say of one person. */
  List<SourceRecord> records(long person, Contract contract) {
    Map<Integer, Load> loads = new HashMap<>();
    Set<Path> files = new LinkedHashSet<>();
    for (Load load : manifest.loads()) {
      String lake = load.lake();
      if (load.dataset().equals(contract.id()) && lake != null) {
        loads.put(load.load(), load);
        files.add(root.resolve(lake));
      }
    }
    if (files.isEmpty()) {
      return List.of();
    }
    List<Contract.Column> columns =
        contract.stored().stream().filter(column -> !column.name().equals("person")).toList();
    String records =
        "SELECT * FROM "
            + Engine.parquet(List.copyOf(files))
            + " WHERE load IN ("
            + loads.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "))
            + ") AND person = "
            + person
            + " ORDER BY load DESC, record LIMIT "
            + RECORDS;
    try {
      return database.read(
          "pool",
          rows ->
              rows.once(
                  records,
                  row -> {
                    Load load = Objects.requireNonNull(loads.get((int) row.number("load")));
                    return new SourceRecord(
                        load.file(),
                        (int) row.number("record"),
                        load.knownFrom(),
                        load.region(),
                        columns.stream()
                            .map(
                                column ->
                                    new SourceRecord.Value(
                                        column.headers().getFirst(), row.text(column.name())))
                            .toList());
                  }));
    } catch (EngineException e) {
      throw unreadable(files).<RuntimeException>map(damage -> damage).orElse(e);
    }
  }

  /** The first file of the lake that cannot be read to its end, if that is what a failure is of. */
  private Optional<PoolProblem> unreadable(Collection<Path> files) {
    for (Path file : files) {
      String all = "SELECT BIT_XOR(hash(f)) FROM " + Engine.parquet(List.of(file)) + " f";
      try {
        database.read("pool", rows -> rows.once(all, row -> file));
      } catch (EngineException e) {
        return Optional.of(MartDamage.unreadable(file, e.getMessage()));
      }
    }
    return Optional.empty();
  }

  Manifest manifest() {
    return manifest;
  }

  synchronized void lease() {
    leases++;
  }

  synchronized void release() {
    if (--leases == 0) {
      database.close();
      lookups.close();
      lease.close();
    }
  }
}
