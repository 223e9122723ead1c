package cn.ganye.server.marts;

import cn.ganye.engine.Engine;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Manifest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;

/**
 * One snapshot in a DuckDB of its own, in memory, over the snapshot's files. The schema {@code
 * pool} has all rows and is named by no reader; each region has a schema of views over it, and so
 * has the one person of a reading.
 */
final class OpenSnapshot {
  private static final int RECORDS = 200;

  /** Persons of one file of {@code person_file}, as its step has it. */
  private static final long BUCKET = 16_384;

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

  private static final List<String> OF_PERSON = List.of("person_status", "conflict");

  private final Path root;
  private final Manifest manifest;
  private final DuckDBConnection connection;
  private final Set<String> schemas = new HashSet<>();
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
    statement.execute("CREATE SCHEMA person");
    for (String mart : OF_PERSON) {
      statement.execute(
          "CREATE VIEW person."
              + mart
              + " AS SELECT * FROM pool."
              + mart
              + " WHERE person = getvariable('person')");
    }
    statement.execute(
        "CREATE TABLE person.enterprise AS SELECT enterprise, enterprise_ref, MIN(name) AS name"
            + " FROM pool.enterprise GROUP BY enterprise, enterprise_ref ORDER BY enterprise");
  }

  /** The schema with the rows of a region; made when first asked for. */
  synchronized String regionSchema(String region) {
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

  /** Reads in the schema of one person; {@code person_file} is that of the one file they are in. */
  <T> T readPerson(long person, Function<Rows, T> reading) {
    String partition = "bucket=" + person / BUCKET;
    String file =
        manifest.marts().stream()
            .filter(m -> m.mart().equals("person_file") && m.partition().equals(partition))
            .map(m -> Engine.parquet(List.of(root.resolve(m.file()))))
            .findFirst()
            .orElse("pool.person_file");
    String facts =
        "CREATE TEMP VIEW person_file AS SELECT * FROM " + file + " WHERE person = " + person;
    return read("person", List.of("SET VARIABLE person = " + person, facts), reading);
  }

  /** Reads in a schema, after some statements of our own. */
  <T> T read(String schema, List<String> before, Function<Rows, T> reading) {
    try (Connection own = connection.duplicate();
        Statement setting = own.createStatement()) {
      setting.execute("SET schema = '" + schema + "'");
      for (String statement : before) {
        setting.execute(statement);
      }
      return reading.apply(new OnConnection(own));
    } catch (SQLException e) {
      throw new IllegalStateException("reading marts", e);
    }
  }

  private record OnConnection(Connection connection) implements Rows {
    @Override
    public <T> List<T> read(String sql, Function<Row, T> reader, Object... parameters) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setObject(i + 1, parameters[i]);
        }
        try (ResultSet rows = statement.executeQuery()) {
          List<T> values = new ArrayList<>();
          Row row = new Row(rows);
          while (rows.next()) {
            values.add(reader.apply(row));
          }
          return values;
        }
      } catch (SQLException e) {
        throw new IllegalStateException("reading marts", e);
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
        List.of(),
        rows ->
            rows.read(
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
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException("closing a snapshot", e);
      }
    }
  }
}
