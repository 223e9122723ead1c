package cn.ganye.server.marts;

import cn.ganye.engine.EngineException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;

/**
 * A connection that reads in one schema. The statements that it has read are kept ready: to plan
 * one anew costs as much as to run it. One thread at a time.
 */
final class SchemaConnection implements Rows, AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> ready = new HashMap<>();

  private SchemaConnection(Connection connection) {
    this.connection = connection;
  }

  static SchemaConnection open(DuckDBConnection database, String schema) throws SQLException {
    Connection connection = database.duplicate();
    try (Statement setting = connection.createStatement()) {
      setting.execute("SET schema = '" + schema + "'");
      return new SchemaConnection(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public <T> List<T> read(String sql, Function<Row, T> reader, Object... parameters) {
    try {
      PreparedStatement statement = ready.get(sql);
      if (statement == null) {
        statement = connection.prepareStatement(sql);
        ready.put(sql, statement);
      }
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows(rows, reader);
      }
    } catch (SQLException e) {
      throw new EngineException("reading marts", e);
    }
  }

  /** Reads with a statement that will not come again: prepared, it would be planned twice. */
  <T> List<T> once(String sql, Function<Row, T> reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows(rows, reader);
    } catch (SQLException e) {
      throw new EngineException("reading marts", e);
    }
  }

  private static <T> List<T> rows(ResultSet rows, Function<Row, T> reader) throws SQLException {
    List<T> values = new ArrayList<>();
    Row row = new Row(rows);
    while (rows.next()) {
      values.add(reader.apply(row));
    }
    return values;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("closing a connection to the marts", e);
    }
  }
}
