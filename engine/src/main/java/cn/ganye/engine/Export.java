package cn.ganye.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * A Parquet file to be written, whose bytes follow from its rows alone.
 *
 * @param what names it in errors
 * @param select its rows
 * @param key columns that order its rows, nulls first, and tell them apart: of rows with the same
 *     key only one is written. Without any, the rows are all written in the order of the query
 * @param file where it will be; its folder is made
 */
public record Export(String what, String select, List<String> key, Path file, Reading reading) {

  /** How a file will mostly be read: a reading takes in whole groups of rows. */
  public enum Reading {
    /** Many rows at a time. */
    SCAN(122_880),
    /** The few rows of one key, by which it is ordered. */
    LOOK_UP(8_192);

    private final int rowGroup;

    Reading(int rowGroup) {
      this.rowGroup = rowGroup;
    }
  }

  /** Hears of each file that is written. */
  @FunctionalInterface
  public interface Listener {
    /** So many of so many files are written. */
    void written(int done, int of);
  }

  /** The rows that are written, in their order. */
  private String rows() {
    if (key.isEmpty()) {
      return select;
    }
    String order =
        key.stream().map(column -> column + " NULLS FIRST").collect(Collectors.joining(", "));
    String same =
        key.stream()
            .map(column -> " AND " + column + " IS NOT DISTINCT FROM LAG(" + column + ") OVER ()")
            .collect(Collectors.joining());
    return String.format(
        "SELECT * FROM (%s ORDER BY %s) QUALIFY (LAG(TRUE) OVER ()%s) IS NOT TRUE",
        select, order, same);
  }

  /**
   * Writes files, so many at once, on connections of their own. Each is made by one thread: with
   * more, the writer's runs would follow from how the rows happened to be dealt out. Statistics are
   * not to be looked at: by them the form of a column would follow from whether other files of the
   * table have an empty cell in it. The connection's settings say both.
   */
  static List<ParquetFile> write(
      List<Export> exports, DuckDBConnection connection, int atOnce, Listener listener) {
    List<ParquetFile> written = new ArrayList<>();
    Beside.each(
        exports,
        atOnce,
        export -> export.write(connection),
        (export, file) -> {
          written.add(file);
          listener.written(written.size(), exports.size());
        });
    return written;
  }

  private ParquetFile write(DuckDBConnection connection) {
    try (Connection own = connection.duplicate();
        Statement statement = own.createStatement()) {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      String form =
          " (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, ROW_GROUP_SIZE "
              + reading.rowGroup
              + ")";
      long rows =
          statement.executeUpdate(
              "COPY (" + rows() + ") TO " + Engine.literal(file.toString()) + form);
      return new ParquetFile(file, rows, Files.size(file), Hashes.of(file));
    } catch (SQLException | IOException e) {
      throw new EngineException(what, e);
    }
  }
}
