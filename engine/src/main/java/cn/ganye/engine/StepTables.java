package cn.ganye.engine;

import java.nio.file.Path;
import java.util.List;

/**
 * The tables of steps, the same for all sessions of an engine: made with their codes as numbers,
 * packed when they fill the memory, dropped when nothing reads them any more.
 */
final class StepTables {
  /**
   * Tables are packed, and steps made one by one, when they hold more than this part of the memory.
   */
  private static final int FULL_FROM = 2;

  /** Tables with more rows than this are worth a look at the memory that all hold. */
  private static final int MANY = 100_000;

  private final CodeLists lists;
  private final long memory;

  /** Whether tables filled the part of the memory when the last one was made. */
  private volatile boolean full;

  /**
   * @param memory of the engine, in bytes
   */
  StepTables(CodeLists lists, long memory) {
    this.lists = lists;
    this.memory = memory;
  }

  /** Whether tables fill their part of the memory. */
  boolean full() {
    return full;
  }

  /** Makes a step's table or view; the number of its rows, −1 for a view. */
  long make(Engine session, Step step) {
    long rows = -1;
    if (step.view()) {
      session.execute("step " + step.name(), "CREATE VIEW " + step.name() + " AS\n" + step.sql());
    } else {
      rows = materialise(session, step, step.sql());
      if (rows > MANY) {
        pack(session);
      }
    }
    checkColumns(session, step);
    return rows;
  }

  /** Takes over the table of a step that was made elsewhere. */
  void adopt(Engine session, Step step, List<Path> files) {
    materialise(session, step, "SELECT * FROM " + Engine.parquet(files));
    pack(session);
    checkColumns(session, step);
  }

  /** Puts a table in the order of a column. */
  void order(Engine session, String table, String column) {
    session.execute(
        "ordering " + table,
        String.format(
            "CREATE OR REPLACE TABLE %1$s AS SELECT * FROM %1$s ORDER BY %2$s", table, column));
    pack(session);
  }

  /** Drops the table of a step that is not published. */
  void drop(Engine session, Step step) {
    if (!step.view() && step.publication() == null) {
      session.execute("dropping " + step.name(), "DROP TABLE " + step.name());
    }
  }

  /**
   * Makes a step's table. Columns whose values come from a declared list are held as numbers of
   * that list; where a value is not in its list they stay text, for a check to find.
   *
   * @return the number of its rows
   */
  private long materialise(Engine session, Step step, String sql) {
    String what = "step " + step.name();
    String create = "CREATE TABLE " + step.name() + " AS\n";
    String casts = lists.casts(step.codes());
    if (!casts.isEmpty()) {
      try {
        return session.update(
            what, create + "SELECT * REPLACE (" + casts + ") FROM (\n" + sql + "\n) made");
      } catch (EngineException e) {
        if (!String.valueOf(e.getCause()).contains("Conversion Error")) {
          throw e;
        }
      }
    }
    return session.update(what, create + sql);
  }

  /**
   * Has tables hold their columns compressed, a seventh of what they are made as, once they fill a
   * part of the memory: before that it would cost time and save nothing.
   */
  private void pack(Engine session) {
    String held = "SELECT SUM(memory_usage_bytes + temporary_storage_bytes) FROM duckdb_memory()";
    full = session.number(held) > memory / FULL_FROM;
    if (full) {
      // With FORCE it waits for the steps beside it.
      session.execute("packing tables", "FORCE CHECKPOINT");
    }
  }

  private static void checkColumns(Engine session, Step step) {
    List<String> found = session.columns(step.name());
    if (!found.equals(step.columns())) {
      throw new EngineException(
          "step " + step.name(),
          new IllegalStateException(
              "its head says columns " + step.columns() + ", the SELECT yields " + found));
    }
  }
}
