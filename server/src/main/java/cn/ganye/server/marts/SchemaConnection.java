package cn.ganye.server.marts;

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
      return rows(statement, reader, parameters);
    } catch (SQLException e) {
      throw new IllegalStateException("reading marts", e);
    }
  }

  /** Reads with a statement that will not come again. */
  <T> List<T> once(String sql, Function<Row, T> reader, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return rows(statement, reader, parameters);
    } catch (SQLException e) {
      throw new IllegalStateException("reading marts", e);
    }
  }

  /** The same with something before each statement, which then will not come again. */
  Rows with(String before) {
    return new Rows() {
      @Override
      public <T> List<T> read(String sql, Function<Row, T> reader, Object... parameters) {
        return once(before + sql, reader, parameters);
      }
    };
  }

  private static <T> List<T> rows(
      PreparedStatement statement, Function<Row, T> reader, Object... parameters)
      throws SQLException {
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
