package cn.ganye.engine.spark;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.StepListener;
import cn.ganye.engine.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A cluster on this machine's files that lets DuckDB do the same beside it, and compares every
 * step's rows and types as soon as both have it.
 */
final class BothEngines implements Cluster {
  private final Cluster cluster;
  private final Engine engine;
  private final Path storage;

  /** The rows that each step had on both. */
  final Map<String, Long> compared = new TreeMap<>();

  /** What differed. */
  final List<String> differences = new ArrayList<>();

  BothEngines(Cluster cluster, Path storage, Path folder) {
    this.cluster = cluster;
    this.storage = storage;
    this.engine = Engine.open(new EngineSettings(1L << 30, 2, folder.resolve("spill")));
  }

  @Override
  public void table(String name, List<Path> files) {
    engine.execute(name, "CREATE TABLE " + name + " AS SELECT * FROM " + Engine.parquet(files));
    cluster.table(name, files);
  }

  @Override
  public void run(Steps steps, StepListener listener) {
    engine.run(
        steps,
        (step, position, of, rows, seconds) -> {
          if (!step.view()) {
            engine.execute(
                "keeping", "CREATE TABLE " + kept(step.name()) + " AS FROM " + step.name());
          }
        });
    cluster.run(
        steps,
        (step, position, of, rows, seconds) -> {
          if (!step.view()) {
            compare(step.name());
          }
          listener.done(step, position, of, rows, seconds);
        });
  }

  private static String kept(String step) {
    return "kept_" + step;
  }

  private void compare(String step) {
    String there = "read_parquet(" + Engine.literal(storage + "/*/" + step + "/*.parquet") + ")";
    String here = kept(step);
    differing(step + ": types", types("SELECT * FROM " + there), types("FROM " + here));
    differing(
        step + ": rows that only Spark, only DuckDB has",
        engine.firstRows("FROM " + there + " EXCEPT ALL FROM " + here, 3),
        engine.firstRows("FROM " + here + " EXCEPT ALL FROM " + there, 3));
    compared.put(step, engine.number("SELECT count(*) FROM " + here));
    engine.execute("compared", "DROP TABLE " + here);
  }

  private void differing(String what, List<String> there, List<String> here) {
    if (!there.equals(here)) {
      differences.add(what + " " + there + " " + here);
    }
  }

  private List<String> types(String select) {
    return engine.read(
        "SELECT column_name || ' ' || CASE WHEN column_type LIKE 'ENUM%' THEN 'VARCHAR' ELSE column_type END"
            + " FROM (DESCRIBE "
            + select
            + ")",
        row -> row.getString(1));
  }

  @Override
  public List<String> firstRows(String sql, int most) {
    return cluster.firstRows(sql, most);
  }

  @Override
  public Set<String> heldAsNumbers(String table) {
    return cluster.heldAsNumbers(table);
  }

  @Override
  public List<Path> bring(String table, Path to) {
    return cluster.bring(table, to);
  }

  @Override
  public void close() {
    engine.close();
    cluster.close();
  }
}
