package cn.ganye.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tables of steps, the same for all sessions of an engine: made with their codes as numbers, in
 * memory until they fill it and then in a file, dropped when nothing reads them any more.
 */
final class StepTables {
  /** Tables go to a file from when those in memory hold more than this part of it. */
  private static final int FULL_FROM = 2;

  /** Tables with more rows than this are worth a look at the memory that all hold. */
  private static final int MANY = 100_000;

  private final CodeLists lists;
  private final long memory;
  private final TableFile file;

  /** Tables that are in the file: in memory is a view of each. */
  private final Set<String> onDisk = ConcurrentHashMap.newKeySet();

  /** Whether tables have filled their part of the memory. */
  private volatile boolean full;

  StepTables(CodeLists lists, EngineSettings settings) {
    this.lists = lists;
    this.memory = settings.memory();
    this.file = new TableFile(settings.spill());
  }

  /** Makes a step's table or view; the number of its rows, −1 for a view. */
  long make(Engine session, Step step) {
    long rows = -1;
    if (step.view()) {
      session.execute("step " + step.name(), "CREATE VIEW " + step.name() + " AS\n" + step.sql());
    } else {
      rows = materialise(session, step, step.sql());
      if (rows > MANY) {
        look(session);
      }
    }
    checkColumns(session, step);
    return rows;
  }

  /** Takes over the table of a step that was made elsewhere. */
  void adopt(Engine session, Step step, List<Path> files) {
    materialise(session, step, "SELECT * FROM " + Engine.parquet(files));
    look(session);
    checkColumns(session, step);
  }

  /** Puts a table in the order of a column. */
  void order(Engine session, String table, String column) {
    session.execute(
        "ordering " + table,
        String.format(
            "CREATE OR REPLACE TABLE %1$s AS SELECT * FROM %1$s ORDER BY %2$s",
            onDisk.contains(table) ? file.table(table) : table, column));
    look(session);
  }

  /** Drops the table of a step that is not published. */
  void drop(Engine session, Step step) {
    if (step.view() || step.publication() != null) {
      return;
    }
    String what = "dropping " + step.name();
    if (onDisk.remove(step.name())) {
      session.execute(what, "DROP VIEW " + step.name());
      session.execute(what, "DROP TABLE " + file.table(step.name()));
    } else {
      session.execute(what, "DROP TABLE " + step.name());
    }
  }

  /** Removes what lies on the disk, once the engine is closed. */
  void delete() {
    file.delete();
  }

  /**
   * Makes a step's table. Columns whose values come from a declared list are held as numbers of
   * that list; where a value is not in its list they stay text, for a check to find.
   *
   * @return the number of its rows
   */
  private long materialise(Engine session, Step step, String sql) {
    String what = "step " + step.name();
    boolean inFile = full;
    String table = inFile ? file.table(step.name()) : step.name();
    long rows = created(session, what, "CREATE TABLE " + table + " AS\n", step, sql);
    if (inFile) {
      session.execute(what, "CREATE VIEW " + step.name() + " AS SELECT * FROM " + table);
      onDisk.add(step.name());
    }
    return rows;
  }

  private long created(Engine session, String what, String create, Step step, String sql) {
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
   * Once tables fill a part of the memory, those that are there are packed, a seventh of what they
   * were made as, and the next ones go to a file: before that it would cost time and save nothing.
   */
  private synchronized void look(Engine session) {
    String held = "SELECT SUM(memory_usage_bytes + temporary_storage_bytes) FROM duckdb_memory()";
    if (!full && session.number(held) > memory / FULL_FROM) {
      // With FORCE it waits for the steps beside it.
      session.execute("packing tables", "FORCE CHECKPOINT");
      file.open(session);
      full = true;
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
