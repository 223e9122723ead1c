package cn.ganye.pool.query;

import cn.ganye.engine.Engine;
import cn.ganye.pool.PoolProblem;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the marts of one pinned snapshot. Each mart is a view; every statement passes the {@link
 * QueryGate}.
 */
public final class QuerySession implements AutoCloseable {
  private static final long MEMORY_MIB = 2048;
  private static final int SECONDS = 120;

  /** How the engine begins what it says of a statement, not of files. */
  private static final List<String> STATEMENT =
      List.of("Parser Error", "Binder Error", "Catalog Error");

  private final Path root;
  private final Manifest manifest;
  private final Leases.Lease lease;
  private final Connection connection;
  private final QueryGate gate;

  /** Marts that could not be opened, and why. */
  private final Map<String, PoolProblem> damaged = new HashMap<>();

  private QuerySession(
      Path root, Manifest manifest, Leases.Lease lease, Connection connection, QueryGate gate) {
    this.root = root;
    this.manifest = manifest;
    this.lease = lease;
    this.connection = connection;
    this.gate = gate;
  }

  /**
   * Opens a session over a snapshot, which stays until it is closed. A mart that is damaged is told
   * when a statement names it.
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
      QuerySession session =
          new QuerySession(
              root, manifest, lease, connection, new QueryGate(connection, files.keySet()));
      files.forEach(session::view);
      session.lockDown();
      return session;
    } catch (SQLException e) {
      lease.close();
      throw MartDamage.unreadable(root, e.getMessage());
    }
  }

  private void view(String mart, List<Path> files) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE VIEW " + mart + " AS SELECT * FROM " + Engine.parquet(files));
    } catch (SQLException e) {
      damaged.put(
          mart,
          MartDamage.of(root, manifest, mart::equals)
              .orElseGet(() -> MartDamage.unreadable(root, e.getMessage())));
    }
  }

  private void lockDown() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting : QueryGate.lockDown(root.resolve("marts"))) {
        statement.execute(setting);
      }
    }
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
    Set<String> read = gate.check(sql);
    for (String mart : read) {
      PoolProblem damage = damaged.get(mart);
      if (damage != null) {
        throw damage;
      }
    }
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
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      if (message.startsWith("Out of Memory")) {
        throw PoolProblem.work(
            "query-too-large",
            "pool query",
            message,
            "ask for fewer rows at once: a month, a region, sums instead of single rows");
      }
      PoolProblem failed =
          PoolProblem.use(
              "query-failed",
              "pool query",
              message,
              "mend the statement; ./ganye pool query --help lists the marts");
      if (STATEMENT.stream().anyMatch(message::startsWith)) {
        throw failed;
      }
      throw MartDamage.of(root, manifest, read::contains)
          .orElseGet(
              () -> message.startsWith("IO Error") ? MartDamage.unreadable(root, message) : failed);
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
