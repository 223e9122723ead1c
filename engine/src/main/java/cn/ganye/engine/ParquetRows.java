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
  /** For all files that are read at once: what a wide row group of each takes. */
  private static final String MEMORY = "4GiB";

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
    String select = "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM " + Engine.parquet(List.of(file));
    Connection connection = null;
    try {
      connection = Reader.ALL.duplicate();
      Statement statement = connection.createStatement();
      return new ParquetRows(connection, statement, statement.executeQuery(select));
    } catch (SQLException e) {
      String words = connection == null ? e.getMessage() : words(connection, select, e);
      close(connection);
      throw new IOException(words, e);
    }
  }

  /** A stream that breaks at its first rows does not say why; asking for one row does. */
  private static @Nullable String words(
      Connection connection, String select, SQLException failure) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE first_row AS " + select + " LIMIT 1");
      return failure.getMessage();
    } catch (SQLException e) {
      return e.getMessage();
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
