package cn.ganye.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;

/** Writes the rows of sources to Parquet files, with their words. */
final class SourceWriter {
  /**
   * A column with more values than this in a group of rows is written without a dictionary: numbers
   * that hardly repeat are packed by their differences, in less time and room.
   */
  private static final int MOST_WORDS = 4096;

  private final Engine engine;
  private final DuckDBConnection connection;
  private final SourceFunction source = new SourceFunction();
  private final Map<List<String>, String> wordTables = new HashMap<>();

  SourceWriter(Engine engine, DuckDBConnection connection) {
    this.engine = engine;
    this.connection = connection;
  }

  /** Lets the engine ask for rows. */
  void register() throws SQLException {
    DuckDBFunctions.tableFunction()
        .withName("row_source")
        .withFunction(source)
        .register(connection);
  }

  /** Writes one file, as {@link Engine#write(RowSource, Path)} does. */
  void write(RowSource rows, Path file) throws Exception {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    source.begin(rows);
    engine.execute(
        "rows pass in their order", "SET disabled_optimizers = 'join_order,build_side_probe_side'");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY ("
              + worded(rows.columns())
              + ") TO "
              + Engine.literal(file.toString())
              + " (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT "
              + MOST_WORDS
              + ")");
    } catch (SQLException e) {
      Exception cause = source.failure();
      throw cause != null ? cause : new EngineException("writing " + file.getFileName(), e);
    } finally {
      source.end();
      engine.execute("optimizers", "RESET disabled_optimizers");
    }
  }

  /** The rows of a source with words instead of their places. */
  private String worded(List<RowSource.Column> columns) {
    List<String> named = new ArrayList<>();
    StringBuilder from = new StringBuilder("row_source() given");
    for (RowSource.Column column : columns) {
      if (column.kind() == RowSource.Kind.WORD) {
        from.append(
            String.format(
                " LEFT JOIN %1$s \"words of %2$s\" ON \"words of %2$s\".place = given.\"%2$s\"",
                wordTable(column.words()), column.name()));
        named.add(String.format("\"words of %1$s\".word AS \"%1$s\"", column.name()));
      } else {
        named.add(String.format("given.\"%s\"", column.name()));
      }
    }
    return "SELECT " + String.join(", ", named) + " FROM " + from;
  }

  /** A table of words by their place: so they are numbers on the way into a file, too. */
  private String wordTable(List<String> words) {
    return wordTables.computeIfAbsent(
        words,
        list -> {
          String name = "\"words " + wordTables.size() + '"';
          String values = list.stream().map(Engine::literal).collect(Collectors.joining(", "));
          engine.execute("words", "CREATE TYPE " + name + " AS ENUM (" + values + ")");
          engine.execute(
              "words",
              String.format(
                  "CREATE TABLE %1$s AS SELECT CAST(n - 1 AS INTEGER) AS place, CAST(said AS %1$s) AS word"
                      + " FROM (SELECT unnest(enum_range(NULL::%1$s)) AS said, unnest(range(1, %2$d)) AS n)",
                  name, list.size() + 1));
          return name;
        });
  }
}
