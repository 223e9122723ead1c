package cn.ganye.bench;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.ClusterException;
import cn.ganye.engine.Engine;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepListener;
import cn.ganye.engine.Steps;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * PostgreSQL in a cluster's place: steps and checks as they are written, each step's table unlogged
 * and analysed. Tables are handed over and brought back as text, through DuckDB.
 */
final class PostgresDerivation implements Cluster {
  /** {@link cn.ganye.engine.Functions} in PostgreSQL's words. */
  private static final List<String> FUNCTIONS =
      List.of(
          "CREATE FUNCTION mix32_round(x BIGINT) RETURNS BIGINT IMMUTABLE PARALLEL SAFE LANGUAGE SQL"
              + " AS 'SELECT ((x # (x >> 16)) * 73244475) % 4294967296'",
          "CREATE FUNCTION mix32(x BIGINT) RETURNS BIGINT IMMUTABLE PARALLEL SAFE LANGUAGE SQL"
              + " AS 'SELECT mix32_round(mix32_round(x))'");

  private final Path work;
  private final EmbeddedPostgres server;
  private final Connection postgres;
  private final Connection duck;

  private PostgresDerivation(
      Path work, EmbeddedPostgres server, Connection postgres, Connection duck) {
    this.work = work;
    this.server = server;
    this.postgres = postgres;
    this.duck = duck;
  }

  /** Starts a server of its own, which closing stops. */
  static PostgresDerivation open(Path work) {
    return doing(
        "starting PostgreSQL",
        () -> {
          EmbeddedPostgres server =
              EmbeddedPostgres.builder()
                  .setLocaleConfig("locale", "C")
                  .setServerConfig("shared_buffers", "2GB")
                  .setServerConfig("work_mem", "256MB")
                  .setServerConfig("max_wal_size", "4GB")
                  // It expects few rows of what windows and ranges leave, and then tries all pairs.
                  .setServerConfig("enable_nestloop", "off")
                  .start();
          Connection postgres = server.getPostgresDatabase().getConnection();
          for (String function : FUNCTIONS) {
            execute(postgres, function);
          }
          return new PostgresDerivation(
              Files.createDirectories(work),
              server,
              postgres,
              DriverManager.getConnection("jdbc:duckdb:"));
        });
  }

  @FunctionalInterface
  private interface Work<T> {
    T done() throws SQLException, IOException;
  }

  private static <T> T doing(String what, Work<T> work) {
    try {
      return work.done();
    } catch (SQLException | IOException e) {
      throw new ClusterException(what, e);
    }
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }

  @Override
  public void table(String name, List<Path> files) {
    doing(
        "handing over " + name,
        () -> {
          Path rows = work.resolve(name + ".csv");
          execute(
              duck, "COPY (FROM " + Engine.parquet(files) + ") TO '" + rows + "' (HEADER false)");
          execute(postgres, "CREATE UNLOGGED TABLE " + name + columns(files));
          try (Reader csv = Files.newBufferedReader(rows)) {
            copies().copyIn("COPY " + name + " FROM STDIN (FORMAT csv)", csv);
          }
          Files.delete(rows);
          return execute(postgres, "VACUUM ANALYZE " + name);
        });
  }

  /** Names and types, in brackets. PostgreSQL has no whole number of one byte. */
  private String columns(List<Path> files) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = duck.createStatement();
        ResultSet row = statement.executeQuery("DESCRIBE FROM " + Engine.parquet(files))) {
      while (row.next()) {
        columns.add(row.getString(1) + " " + row.getString(2).replace("TINYINT", "SMALLINT"));
      }
    }
    return " (" + String.join(", ", columns) + ")";
  }

  private CopyManager copies() throws SQLException {
    return new CopyManager(postgres.unwrap(BaseConnection.class));
  }

  @Override
  public void run(Steps steps, StepListener listener) {
    steps.each(
        () -> 1,
        step -> doing("step " + step.name(), () -> made(step)),
        step -> doing("dropping " + step.name(), () -> dropped(step)),
        listener);
  }

  /** Makes a step's table; the number of its rows. */
  private long made(Step step) throws SQLException {
    try (Statement statement = postgres.createStatement()) {
      long rows =
          statement.executeLargeUpdate(
              "CREATE UNLOGGED TABLE " + step.name() + " AS " + step.sql());
      statement.execute("ANALYZE " + step.name());
      return rows;
    }
  }

  private boolean dropped(Step step) throws SQLException {
    return step.publication() == null && execute(postgres, "DROP TABLE " + step.name());
  }

  @Override
  public List<String> firstRows(String sql, int most) {
    return doing(
        "reading",
        () -> {
          List<String> rows = new ArrayList<>();
          try (Statement statement = postgres.createStatement();
              ResultSet row =
                  statement.executeQuery("SELECT r FROM (" + sql + "\n) r LIMIT " + most)) {
            while (row.next()) {
              rows.add(row.getString(1));
            }
          }
          return rows;
        });
  }

  /** None: PostgreSQL holds text as text. */
  @Override
  public Set<String> heldAsNumbers(String table) {
    return Set.of();
  }

  @Override
  public List<Path> bring(String table, Path folder) {
    return doing(
        "bringing " + table + " back",
        () -> {
          Path rows = work.resolve(table + ".csv");
          try (Writer csv = Files.newBufferedWriter(rows)) {
            copies().copyOut("COPY " + table + " TO STDOUT (FORMAT csv)", csv);
          }
          Path file = Files.createDirectories(folder).resolve(table + ".parquet");
          execute(
              duck,
              "COPY (FROM read_csv('"
                  + rows
                  + "', header = false, delim = ',', quote = '\"', escape = '\"', allow_quoted_nulls = false, columns = {"
                  + types(table)
                  + "})) TO '"
                  + file
                  + "' (FORMAT parquet)");
          Files.delete(rows);
          return List.of(file);
        });
  }

  /** Of a table here, in DuckDB's words. */
  private String types(String table) throws SQLException {
    List<String> types = new ArrayList<>();
    try (Statement statement = postgres.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = '"
                    + table
                    + "'::regclass AND attnum > 0 ORDER BY attnum")) {
      while (row.next()) {
        String type = row.getString(2);
        types.add(
            "'"
                + row.getString(1)
                + "': '"
                + (type.equals("character varying") || type.equals("text") ? "VARCHAR" : type)
                + "'");
      }
    }
    return String.join(", ", types);
  }

  /** Nothing is counted: what it took is told by the build's stages. */
  @Override
  public Used used() {
    return new Used(0, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {
    doing(
        "stopping PostgreSQL",
        () -> {
          duck.close();
          postgres.close();
          server.close();
          return work;
        });
  }
}
