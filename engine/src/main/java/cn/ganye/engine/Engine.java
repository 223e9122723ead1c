package cn.ganye.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB session in memory with bounded memory and threads; what has no room there lies in the
 * spill folder until it is closed. Not for use by several threads at once.
 *
 * <p>Every failure is an {@link EngineException} that names the step.
 */
public final class Engine implements StepEngine {
  private final DuckDBConnection connection;
  private final EngineSettings settings;
  private final CodeLists lists;
  private final Modes modes;
  private final StepTables tables;
  private final SourceWriter sources;

  /** Whether others were opened beside this one, and not it beside another. */
  private final boolean first;

  private Engine(
      DuckDBConnection connection,
      EngineSettings settings,
      CodeLists lists,
      Modes modes,
      StepTables tables,
      boolean first) {
    this.connection = connection;
    this.settings = settings;
    this.lists = lists;
    this.modes = modes;
    this.tables = tables;
    this.sources = new SourceWriter(this, connection);
    this.first = first;
  }

  /** Loads the engine's library ahead: an engine is then opened in less time. */
  public static void load() {
    try {
      Class.forName("org.duckdb.DuckDBNative");
    } catch (ClassNotFoundException e) {
      throw new EngineException("loading the engine", e);
    }
  }

  /** Opens an engine; the spill folder is made if it is missing. */
  public static Engine open(EngineSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("threads", Integer.toString(settings.threads()));
    properties.setProperty("memory_limit", settings.memory() / (1 << 20) + "MiB");
    properties.setProperty("temp_directory", settings.spill().toString());
    properties.setProperty("preserve_insertion_order", "true");
    properties.setProperty("default_null_order", "nulls_last");
    try {
      Files.createDirectories(settings.spill());
      CodeLists lists = new CodeLists();
      Engine engine =
          new Engine(
              (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties),
              settings,
              lists,
              new Modes(),
              new StepTables(lists, settings),
              true);
      engine.register();
      return engine;
    } catch (SQLException | IOException e) {
      throw new EngineException("opening the engine", e);
    }
  }

  private void register() throws SQLException {
    for (Functions.Scalar function : Functions.ALL) {
      execute("function " + function.name(), function.duckdb());
    }
    sources.register();
  }

  /** Runs one statement that yields nothing. */
  public void execute(String what, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new EngineException(what, e);
    }
  }

  /** Runs one statement that changes rows, or makes a table of some; how many they are. */
  long update(String what, String sql) {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    } catch (SQLException e) {
      throw new EngineException(what, e);
    }
  }

  /** Makes Parquet files readable under a name; the columns are those of the files. */
  public void view(String name, List<Path> files) {
    execute(name, "CREATE OR REPLACE VIEW " + name + " AS SELECT * FROM " + parquet(files));
  }

  /** The table function that reads the given Parquet files. */
  public static String parquet(List<Path> files) {
    return files.stream()
        .map(file -> literal(file.toString()))
        .collect(Collectors.joining(", ", "read_parquet([", "])"));
  }

  /** A text as a SQL literal. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * Runs steps, each after those that it reads, as many at once as there are threads; a step's
   * table is dropped once the last step that reads it is done, unless it is published.
   */
  @Override
  public void run(Steps steps, StepListener listener) {
    steps.each(settings::threads, this::makeBeside, step -> tables.drop(this, step), listener);
  }

  /** Makes a step's table on another connection, so that several can be made at once. */
  private long makeBeside(Step step) {
    try (Engine own = beside()) {
      return tables.make(own, step);
    }
  }

  /** Another session with the same tables, which can be used beside this one. */
  public Engine beside() {
    try {
      return new Engine(
          (DuckDBConnection) connection.duplicate(), settings, lists, modes, tables, false);
    } catch (SQLException e) {
      throw new EngineException("opening the engine", e);
    }
  }

  /**
   * Does something for each of many things, several at once, each with a session of its own to the
   * same tables; what is temporary is seen by that session alone.
   *
   * @param done hears of each, in their order
   */
  public <T> void eachBeside(List<T> all, BiConsumer<Engine, T> work, Consumer<T> done) {
    Beside.each(
        all,
        settings.threads(),
        one -> {
          try (Engine own = beside()) {
            work.accept(own, one);
          }
          return one;
        },
        (one, same) -> done.accept(one));
  }

  /** Puts a table in the order of a column: what asks for a range of it then reads that alone. */
  public void order(String table, String column) {
    tables.order(this, table, column);
  }

  /** Takes over the table of a step that was run elsewhere. */
  public void adopt(Step step, List<Path> files) {
    tables.adopt(this, step, files);
  }

  /**
   * Declares a code list; columns of steps that name it are then held as numbers of it.
   *
   * @param codes a SELECT of its codes, each once, in their order as text
   */
  public void codeList(String name, String codes) {
    execute("code list " + name, lists.declare(name, codes));
  }

  /** Has columns of a small table, each with a code list, held as numbers of it. */
  public void codes(String table, Map<String, String> columns) {
    columns.forEach(
        (column, list) ->
            execute(
                "codes of " + table,
                "ALTER TABLE " + table + " ALTER " + column + " TYPE " + CodeLists.type(list)));
  }

  /** Makes a small table of the given rows; {@code columns} as CREATE TABLE has them. */
  public void table(String name, String columns, List<Object[]> rows) {
    execute(name, "CREATE TABLE " + name + "(" + columns + ")");
    rows(name, rows);
  }

  /** Adds rows to a small table. */
  public void rows(String table, List<Object[]> rows) {
    try (DuckDBAppender appender = connection.createAppender(table)) {
      for (Object[] row : rows) {
        appender.beginRow();
        for (Object value : row) {
          switch (value) {
            case Integer number -> appender.append(number);
            case Long number -> appender.append(number);
            default -> appender.append(value.toString());
          }
        }
        appender.endRow();
      }
    } catch (SQLException e) {
      throw new EngineException("table " + table, e);
    }
  }

  /** Column names of a table or view, in order. */
  public List<String> columns(String table) {
    return read("SELECT column_name FROM (DESCRIBE " + table + ")", row -> row.getString(1));
  }

  @Override
  public List<String> firstRows(String sql, int most) {
    return read(
        "SELECT CAST(r AS VARCHAR) FROM (" + sql + "\n) r LIMIT " + most, row -> row.getString(1));
  }

  /** Columns of a table that are held as numbers of a declared list. */
  @Override
  public Set<String> heldAsNumbers(String table) {
    return Set.copyOf(
        read(
            "SELECT column_name FROM (DESCRIBE " + table + ") WHERE column_type LIKE 'ENUM(%'",
            row -> row.getString(1)));
  }

  /** Reads every row of a query. */
  public <T> List<T> read(String sql, RowReader<T> reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> values = new ArrayList<>();
      while (rows.next()) {
        values.add(reader.read(rows));
      }
      return values;
    } catch (SQLException e) {
      throw new EngineException("reading", e);
    }
  }

  /** Hands every row of a query on, one after the other. */
  public void each(String sql, RowConsumer consumer) throws IOException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        consumer.take(rows);
      }
    } catch (SQLException e) {
      throw new EngineException("reading", e);
    }
  }

  /** The one number that a query yields; 0 where it is NULL. */
  public long number(String sql) {
    return read(sql, row -> row.getLong(1)).getFirst();
  }

  /** Writes one file as {@link #write(List, Export.Listener)} does. */
  public ParquetFile write(String what, String select, Path file) {
    return write(
            List.of(new Export(what, select, List.of(), file, Export.Reading.SCAN)),
            (done, of) -> {})
        .getFirst();
  }

  /**
   * Writes Parquet files whose bytes follow from their rows alone, several at once.
   *
   * @return what was written, in the order asked for
   */
  public List<ParquetFile> write(List<Export> exports, Export.Listener listener) {
    return modes.during(
        this,
        "disabled_optimizers",
        "'statistics_propagation'",
        "''",
        () -> alone(() -> Export.write(exports, connection, settings.threads(), listener)));
  }

  /**
   * Does something with no thread but that of each caller: what one thread must do has others wait
   * for it, and the engine's wait without rest.
   */
  public <T, E extends Exception> T alone(Work<T, E> work) throws E {
    return modes.during(this, "threads", "1", Integer.toString(settings.threads()), work);
  }

  /**
   * Writes a source's rows, in its order, to one Parquet file; what the source throws is thrown on.
   * One thread does it all: best done {@link #alone}.
   */
  public void write(RowSource rows, Path file) throws Exception {
    sources.write(rows, file);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new EngineException("closing the engine", e);
    }
    if (first) {
      tables.delete();
    }
  }

  /** Something to be done. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does it. */
    T done() throws E;
  }

  /** Takes one row. */
  @FunctionalInterface
  public interface RowConsumer {
    /** The row that the result stands on. */
    void take(ResultSet row) throws SQLException, IOException;
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    /** The value of the row that the result stands on. */
    T read(ResultSet row) throws SQLException;
  }
}
