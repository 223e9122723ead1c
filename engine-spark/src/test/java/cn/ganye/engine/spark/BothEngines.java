package cn.ganye.engine.spark;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.StepListener;
import cn.ganye.engine.Steps;
import cn.ganye.pool.contract.Contracts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A cluster on this machine's files that lets DuckDB do the same beside it, and compares every
 * step's rows and types as soon as both have it. With a seed other than 0 the records are shaken
 * first.
 */
final class BothEngines implements Cluster {
  private final Cluster cluster;
  private final Engine engine;
  private final Path storage;
  private final Path shaken;
  private final long seed;

  /** The rows that each step had on both. */
  final Map<String, Long> compared = new TreeMap<>();

  /** What differed. */
  final List<String> differences = new ArrayList<>();

  BothEngines(Cluster cluster, Path storage, Path folder, long seed) {
    this.seed = seed;
    this.shaken = folder.resolve("shaken");
    this.cluster = cluster;
    this.storage = storage;
    this.engine = Engine.open(new EngineSettings(1L << 30, 2, folder.resolve("spill")));
  }

  @Override
  public void table(String name, List<Path> files) {
    engine.execute(name, "CREATE TABLE " + name + " AS SELECT * FROM " + Engine.parquet(files));
    boolean facts = engine.columns(name).containsAll(List.of("load", "record"));
    if (seed == 0 || !facts) {
      cluster.table(name, files);
      return;
    }
    engine.execute(name, "CREATE OR REPLACE TABLE " + name + " AS " + shaken(name));
    Path file = shaken.resolve(name + ".parquet");
    engine.write(name, "FROM " + name, file);
    cluster.table(name, List.of(file));
  }

  /**
   * The same records, but that some cells beside the key are empty and some have what another
   * record says.
   */
  private String shaken(String table) {
    Set<String> fixed = new HashSet<>(List.of("load", "record"));
    Contracts.builtIn().all().stream()
        .filter(contract -> contract.table().equals(table))
        .forEach(contract -> fixed.addAll(contract.key()));
    String cells =
        engine.columns(table).stream()
            .map(
                column ->
                    fixed.contains(column)
                        ? "a." + column
                        : String.format(
                            Locale.ROOT,
                            "CASE hash(a.n, '%1$s', %2$d) %% 20 WHEN 0 THEN NULL WHEN 1 THEN b.%1$s WHEN 2 THEN b.%1$s"
                                + " ELSE a.%1$s END AS %1$s",
                            column,
                            seed))
            .collect(Collectors.joining(", "));
    String numbered =
        "(SELECT *, row_number() OVER (ORDER BY load, record) AS n FROM " + table + ")";
    return String.format(
        Locale.ROOT,
        "SELECT %1$s FROM %2$s a JOIN %2$s b ON b.n = (a.n * 7919 + %3$d) %% (SELECT count(*) FROM %4$s) + 1"
            + " ORDER BY a.n",
        cells,
        numbered,
        seed,
        table);
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
  public Used used() {
    return cluster.used();
  }

  @Override
  public void close() {
    engine.close();
    cluster.close();
  }
}
