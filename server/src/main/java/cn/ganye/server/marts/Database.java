package cn.ganye.server.marts;

import cn.ganye.engine.EngineException;
import cn.ganye.engine.Functions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB in memory that knows the functions of the steps, with connections to its schemas that
 * are kept ready.
 */
final class Database implements AutoCloseable {
  private static final int KEPT = 8;

  private final DuckDBConnection connection;
  private final Map<String, Deque<SchemaConnection>> idle = new ConcurrentHashMap<>();

  private Database(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** An empty one that may take so much memory, as {@code 2048MiB}. */
  static Database inMemory(String memory) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("memory_limit", memory);
    properties.setProperty("default_null_order", "nulls_last");
    Database database =
        new Database((DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties));
    database.execute("SET parquet_metadata_cache = true");
    for (Functions.Scalar function : Functions.ALL) {
      database.execute(function.duckdb());
    }
    return database;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Reads in a schema. */
  <T> T read(String schema, Function<SchemaConnection, T> reading) {
    Deque<SchemaConnection> kept = idle.computeIfAbsent(schema, s -> new ConcurrentLinkedDeque<>());
    SchemaConnection own = kept.poll();
    try {
      if (own == null) {
        own = SchemaConnection.open(connection, schema);
      }
      T result = reading.apply(own);
      if (kept.size() < KEPT) {
        kept.push(own);
        own = null;
      }
      return result;
    } catch (SQLException e) {
      throw new EngineException("reading marts", e);
    } finally {
      if (own != null) {
        own.close();
      }
    }
  }

  @Override
  public void close() {
    idle.values().forEach(kept -> kept.forEach(SchemaConnection::close));
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("closing a snapshot", e);
    }
  }
}
