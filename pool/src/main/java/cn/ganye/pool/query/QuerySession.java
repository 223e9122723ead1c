package cn.ganye.pool.query;

import cn.ganye.engine.Engine;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.snapshot.Leases;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Reads the marts of one pinned snapshot. Each mart is a view; every statement passes the {@link
 * QueryGate}.
 */
public final class QuerySession implements AutoCloseable {
  private static final long MEMORY_MIB = 2048;
  private static final int SECONDS = 120;

  private final Path root;
  private final Leases.Lease lease;
  private final Connection connection;
  private final QueryGate gate;

  private QuerySession(Path root, Leases.Lease lease, Connection connection, QueryGate gate) {
    this.root = root;
    this.lease = lease;
    this.connection = connection;
    this.gate = gate;
  }

  /**
   * Opens a session over a snapshot, which stays until it is closed.
   *
   * @throws PoolProblem if the snapshot is not kept any more
   */
  public static QuerySession open(Path root, Manifest manifest) {
    Leases.Lease lease = Leases.take(new PoolFolder(root), manifest.snapshot());
    Properties properties = new Properties();
    properties.putAll(QueryGate.session(MEMORY_MIB, Runtime.getRuntime().availableProcessors()));
    Map<String, List<Path>> files = new LinkedHashMap<>();
    for (Manifest.MartFile mart : manifest.marts()) {
      files.computeIfAbsent(mart.mart(), name -> new ArrayList<>()).add(root.resolve(mart.file()));
    }
    try {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
      try (Statement statement = connection.createStatement()) {
        for (Map.Entry<String, List<Path>> mart : files.entrySet()) {
          statement.execute(
              "CREATE VIEW "
                  + mart.getKey()
                  + " AS SELECT * FROM "
                  + Engine.parquet(mart.getValue()));
        }
        for (String setting : QueryGate.lockDown(root.resolve("marts"))) {
          statement.execute(setting);
        }
      }
      return new QuerySession(root, lease, connection, new QueryGate(connection, files.keySet()));
    } catch (SQLException e) {
      lease.close();
      throw unreadable(root, firstLine(e));
    }
  }

  private static PoolProblem unreadable(Path root, String why) {
    return PoolProblem.work(
        "snapshot-unreadable", root.toString(), why, "restore the pool from its backup");
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Takes the rows of a result. */
  public interface RowSink {
    /** Names of the columns, once, before any row. */
    void header(List<String> columns);

    /** One row: numbers, truth values and text; null where the value is NULL. */
    void row(List<@Nullable Object> values);
  }

  /**
   * Runs one SELECT.
   *
   * @throws PoolProblem of kind USE if the gate refuses it or it names what is not there, WORK if
   *     its rows do not fit into memory or a mart cannot be read
   */
  public void run(String sql, RowSink sink) {
    gate.check(sql);
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS);
      try (ResultSet rows = statement.executeQuery(sql)) {
        int width = rows.getMetaData().getColumnCount();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          columns.add(rows.getMetaData().getColumnLabel(i));
        }
        sink.header(columns);
        while (rows.next()) {
          List<@Nullable Object> values = new ArrayList<>(width);
          for (int i = 1; i <= width; i++) {
            Object value = rows.getObject(i);
            boolean plain = value == null || value instanceof Number || value instanceof Boolean;
            values.add(plain ? value : value.toString());
          }
          sink.row(values);
        }
      }
    } catch (SQLException e) {
      String message = firstLine(e);
      if (message.startsWith("IO Error")) {
        throw unreadable(root, message);
      }
      if (message.startsWith("Out of Memory")) {
        throw PoolProblem.work(
            "query-too-large",
            "pool query",
            message,
            "ask for fewer rows at once: a month, a region, sums instead of single rows");
      }
      throw PoolProblem.use(
          "query-failed",
          "pool query",
          message,
          "mend the statement; ./ganye pool query --help lists the marts");
    }
  }

  /** The rows of one SELECT; {@link #run} for many of them. */
  public List<List<@Nullable Object>> rows(String sql) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    run(
        sql,
        new RowSink() {
          @Override
          public void header(List<String> columns) {}

          @Override
          public void row(List<@Nullable Object> values) {
            rows.add(values);
          }
        });
    return rows;
  }

  @Override
  public void close() {
    try (lease) {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("closing a session", e);
    }
  }
}
