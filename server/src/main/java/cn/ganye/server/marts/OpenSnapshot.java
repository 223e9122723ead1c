package cn.ganye.server.marts;

import cn.ganye.engine.Engine;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Manifest;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/**
 * One snapshot in a DuckDB of its own, in memory, over the snapshot's files. The schema {@code
 * pool} has all rows and is named by no reader; each region has a schema of views over it, and so
 * has the one person of a reading.
 */
final class OpenSnapshot {
  private static final int RECORDS = 200;

  private static final String MEMORY = "2048MiB";

  /** Marts by region, and the columns by which a row belongs to one. */
  private static final Map<String, List<String>> BY_REGION =
      Map.ofEntries(
          Map.entry("stock", List.of("region")),
          Map.entry("stock_industry", List.of("region")),
          Map.entry("group_stock", List.of("region")),
          Map.entry("flow", List.of("region")),
          Map.entry("flow_quarter", List.of("region")),
          Map.entry("od", List.of("from_region", "to_region")),
          Map.entry("household_month", List.of("region")),
          Map.entry("registered_unemployment", List.of("region")),
          Map.entry("new_urban_employment", List.of("region")),
          Map.entry("coverage", List.of("region")),
          Map.entry("enterprise_month", List.of("region")),
          Map.entry("enterprise_origin", List.of("region")),
          Map.entry("industry_month", List.of("region")),
          Map.entry("enterprise_place", List.of("region")));

  /** Written by month, asked for by enterprise: held in memory in that order. */
  private static final String BY_ENTERPRISE = "enterprise_month";

  /** Marts of one person, filed by person or in one file. */
  private static final List<String> OF_PERSON = List.of("person_file", "person_status", "conflict");

  private static final Pattern RUN = Pattern.compile("person-from=(\\d+)");
  private static final int KEPT_CONNECTIONS = 8;

  private final Path root;
  private final Manifest manifest;
  private final DuckDBConnection connection;
  private final Set<String> schemas = new HashSet<>();
  private final Map<String, Deque<SchemaConnection>> idle = new ConcurrentHashMap<>();

  /** For each mart of one person, its files by the first person of each. */
  private final Map<String, NavigableMap<Long, String>> filesOfPersons = new HashMap<>();

  private int leases = 1;

  private OpenSnapshot(Path root, Manifest manifest, DuckDBConnection connection) {
    this.root = root;
    this.manifest = manifest;
    this.connection = connection;
  }

  static OpenSnapshot of(Path root, Manifest manifest) {
    Properties properties = new Properties();
    properties.setProperty("memory_limit", MEMORY);
    properties.setProperty("default_null_order", "nulls_last");
    try {
      OpenSnapshot snapshot =
          new OpenSnapshot(
              root,
              manifest,
              (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties));
      try (Statement statement = snapshot.connection.createStatement()) {
        snapshot.fill(statement);
      }
      return snapshot;
    } catch (SQLException e) {
      throw PoolProblem.work(
          "snapshot-unreadable",
          root.toString(),
          String.valueOf(e.getMessage()),
          "restore the pool from its backup");
    }
  }

  private void fill(Statement statement) throws SQLException {
    statement.execute("SET parquet_metadata_cache = true");
    statement.execute("CREATE SCHEMA pool");
    Map<String, List<Path>> files = new LinkedHashMap<>();
    for (Manifest.MartFile mart : manifest.marts()) {
      files.computeIfAbsent(mart.mart(), name -> new ArrayList<>()).add(root.resolve(mart.file()));
    }
    for (Map.Entry<String, List<Path>> mart : files.entrySet()) {
      String rows = "SELECT * FROM " + Engine.parquet(mart.getValue());
      statement.execute(
          BY_ENTERPRISE.equals(mart.getKey())
              ? "CREATE TABLE pool." + BY_ENTERPRISE + " AS " + rows + " ORDER BY enterprise, month"
              : "CREATE VIEW pool." + mart.getKey() + " AS " + rows);
    }
    statement.execute(
        "CREATE TABLE pool.industry_month AS SELECT month, region, industry, SUM(headcount) AS headcount,"
            + " SUM(base_sum) AS base_sum FROM pool.enterprise_month GROUP BY month, region, industry ORDER BY industry, month");
    statement.execute(
        "CREATE TABLE pool.enterprise_place AS SELECT enterprise, region, ARG_MAX(industry, month) AS industry,"
            + " MAX(month) AS last_month, ARG_MAX(headcount, month) AS headcount"
            + " FROM pool.enterprise_month WHERE headcount IS NOT NULL GROUP BY enterprise, region ORDER BY region, enterprise");
    String directory = manifest.directory();
    statement.execute(
        "CREATE TABLE pool.enterprise AS "
            + (directory == null
                ? "SELECT 0::INTEGER AS enterprise, ''::VARCHAR AS enterprise_ref, ''::VARCHAR AS number, ''::VARCHAR AS name WHERE 1 = 0"
                : "SELECT * FROM " + Engine.parquet(List.of(root.resolve(directory)))));
    statement.execute("CREATE INDEX enterprise_by_ref ON pool.enterprise(enterprise_ref)");
    for (Manifest.MartFile mart : manifest.marts()) {
      if (OF_PERSON.contains(mart.mart())) {
        Matcher run = RUN.matcher(mart.partition());
        filesOfPersons
            .computeIfAbsent(mart.mart(), name -> new TreeMap<>())
            .put(
                run.matches() ? Long.parseLong(run.group(1)) : 0L,
                Engine.parquet(List.of(root.resolve(mart.file()))));
      }
    }
    statement.execute("CREATE SCHEMA person");
    statement.execute(
        "CREATE TABLE person.enterprise AS SELECT enterprise, enterprise_ref, MIN(name) AS name"
            + " FROM pool.enterprise GROUP BY enterprise, enterprise_ref ORDER BY enterprise");
  }

  /** The schema with the rows of a region; made when first asked for. */
  private synchronized String regionSchema(String region) {
    if (!region.matches("[0-9]{2,6}")) {
      throw new IllegalArgumentException("no region: " + region);
    }
    String schema = "region_" + region;
    if (schemas.add(schema)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA " + schema);
        for (Map.Entry<String, List<String>> mart : BY_REGION.entrySet()) {
          String where =
              String.join(
                  " OR ",
                  mart.getValue().stream()
                      .map(column -> column + " LIKE '" + region + "%'")
                      .toList());
          statement.execute(
              "CREATE VIEW "
                  + schema
                  + "."
                  + mart.getKey()
                  + " AS SELECT * FROM pool."
                  + mart.getKey()
                  + " WHERE "
                  + where);
        }
        statement.execute(
            "CREATE VIEW "
                + schema
                + ".enterprise AS SELECT * FROM pool.enterprise e WHERE EXISTS (SELECT 1 FROM "
                + schema
                + ".enterprise_place p WHERE p.enterprise = e.enterprise)");
        for (String open : List.of("quality", "intake", "refusal")) {
          if (region.length() == 2) {
            statement.execute(
                "CREATE VIEW " + schema + "." + open + " AS SELECT * FROM pool." + open);
          }
        }
      } catch (SQLException e) {
        schemas.remove(schema);
        throw new IllegalStateException("views of " + region, e);
      }
    }
    return schema;
  }

  /** Reads what the marts of one person hold of them, each from the one file they are in. */
  <T> T readPerson(long person, Function<PersonRows, T> reading) {
    StringBuilder marts = new StringBuilder();
    filesOfPersons.forEach(
        (mart, files) -> {
          Map.Entry<Long, String> file = files.floorEntry(person);
          marts
              .append(marts.isEmpty() ? "WITH " : ", ")
              .append(mart)
              .append(" AS (SELECT * FROM ")
              .append(file == null ? files.firstEntry().getValue() : file.getValue())
              .append(" WHERE person = ")
              .append(person)
              .append(")");
        });
    String before = marts + " ";
    return read(
        "person",
        own ->
            reading.apply(
                new PersonRows() {
                  @Override
                  public <R> List<R> read(String sql, Function<Row, R> reader) {
                    return own.once(before + sql, reader);
                  }
                }));
  }

  /** How enterprises are called: each asked for by key, which is quicker than to join. */
  Map<Long, Employer> employers(Collection<Long> keys) {
    return read(
        "person",
        own -> {
          Map<Long, Employer> employers = new HashMap<>();
          for (long key : keys) {
            own.read(
                "SELECT enterprise_ref, name FROM enterprise WHERE enterprise = ?",
                row ->
                    employers.put(
                        key,
                        new Employer(
                            UUID.fromString(row.text("enterprise_ref")), row.text("name"))),
                key);
          }
          return employers;
        });
  }

  /** Reads in the schema of a region. */
  <T> T readRegion(String region, Function<Rows, T> reading) {
    return read(regionSchema(region), reading::apply);
  }

  private <T> T read(String schema, Function<SchemaConnection, T> reading) {
    Deque<SchemaConnection> kept = idle.computeIfAbsent(schema, s -> new ConcurrentLinkedDeque<>());
    SchemaConnection own = kept.poll();
    try {
      if (own == null) {
        own = SchemaConnection.open(connection, schema);
      }
      T result = reading.apply(own);
      if (kept.size() < KEPT_CONNECTIONS) {
        kept.push(own);
        own = null;
      }
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException("reading marts", e);
    } finally {
      if (own != null) {
        own.close();
      }
    }
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
            + " WHERE person = "
            + person
            + " ORDER BY load DESC, record LIMIT "
            + RECORDS;
    return read(
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
  }

  Manifest manifest() {
    return manifest;
  }

  synchronized void lease() {
    leases++;
  }

  synchronized void release() {
    if (--leases == 0) {
      idle.values().forEach(kept -> kept.forEach(SchemaConnection::close));
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException("closing a snapshot", e);
      }
    }
  }
}
