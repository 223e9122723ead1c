package cn.ganye.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** The rows of somebody's Parquet file as text, in their order, read as they come. */
public final class ParquetRows implements Closeable {
  private static final String MEMORY = "512MiB";

  private final Connection connection;
  private final Statement statement;
  private final ResultSet rows;
  private final List<String> columns;

  private ParquetRows(Connection connection, Statement statement, ResultSet rows)
      throws SQLException {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
    ResultSetMetaData data = rows.getMetaData();
    List<String> names = new ArrayList<>();
    for (int column = 1; column <= data.getColumnCount(); column++) {
      names.add(data.getColumnName(column));
    }
    this.columns = List.copyOf(names);
  }

  /** Reads all files of the process: to open one for each takes longer than to read a small one. */
  private static final class Reader {
    static final DuckDBConnection ALL = open();

    private static DuckDBConnection open() {
      Properties properties = new Properties();
      properties.setProperty("memory_limit", MEMORY);
      properties.setProperty("threads", "1");
      properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
      try {
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
      } catch (SQLException e) {
        throw new EngineException("opening a reader of Parquet", e);
      }
    }
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it is no Parquet
   */
  public static ParquetRows open(Path file) throws IOException {
    Connection connection = null;
    try {
      connection = Reader.ALL.duplicate();
      Statement statement = connection.createStatement();
      ResultSet rows =
          statement.executeQuery(
              "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM " + Engine.parquet(List.of(file)));
      return new ParquetRows(connection, statement, rows);
    } catch (SQLException e) {
      close(connection);
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void close(@Nullable Connection connection) throws IOException {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  /** Names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /** The cells of the next row, empty where there is no value; null at the end. */
  public @Nullable List<String> next() throws IOException {
    try {
      if (!rows.next()) {
        return null;
      }
      List<String> cells = new ArrayList<>(columns.size());
      for (int column = 1; column <= columns.size(); column++) {
        String cell = rows.getString(column);
        cells.add(cell == null ? "" : cell);
      }
      return cells;
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      statement.close();
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      close(connection);
    }
  }
}
