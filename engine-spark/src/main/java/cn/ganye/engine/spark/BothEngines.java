package cn.ganye.engine.spark;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.StepListener;
import cn.ganye.engine.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A cluster beside which DuckDB runs the same steps on the same tables. The rows and types of each
 * step are compared as soon as both have it; for that, the cluster's storage is a folder of this
 * machine.
 */
public class BothEngines implements Cluster {
  private final Cluster cluster;
  private final Engine engine;
  private final Path storage;
  private final Path kept;
  private final Map<String, List<String>> types = new HashMap<>();
  private final Map<String, Long> compared = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();

  /**
   * Lets DuckDB do what the cluster does.
   *
   * @param storage that of the cluster
   * @param settings of DuckDB; what its steps yield is kept below the spill folder until it is
   *     compared
   */
  public BothEngines(Cluster cluster, Path storage, EngineSettings settings) {
    this.cluster = cluster;
    this.storage = storage;
    this.kept = settings.spill().resolve("kept");
    this.engine = Engine.open(settings);
  }

  /** The rows of each step that was compared. */
  public Map<String, Long> compared() {
    return compared;
  }

  /** What differed; empty if all is the same. */
  public List<String> differences() {
    return differences;
  }

  @Override
  public void table(String name, List<Path> files) {
    engine.view(name, files);
    cluster.table(name, files);
  }

  @Override
  public void run(Steps steps, StepListener listener) {
    engine.run(
        steps,
        (step, position, of, rows, seconds) -> {
          types.put(step.name(), types("FROM " + step.name()));
          keep(step.name());
        });
    cluster.run(
        steps,
        (step, position, of, rows, seconds) -> {
          compare(step.name());
          listener.done(step, position, of, rows, seconds);
        });
  }

  /** Other steps are under way, so that the engine's settings are to be left as they are. */
  private void keep(String step) {
    try {
      Files.createDirectories(kept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    engine.execute(
        "keeping " + step, "COPY " + step + " TO " + Engine.literal(kept(step).toString()));
  }

  private Path kept(String step) {
    return kept.resolve(step + ".parquet");
  }

  private void compare(String step) {
    String there =
        "FROM read_parquet(" + Engine.literal(storage + "/*/" + step + "/*.parquet") + ")";
    String here = "FROM " + Engine.parquet(List.of(kept(step)));
    differing(step + ": types", types(there), types.getOrDefault(step, List.of()));
    differing(
        step + ": rows that only the cluster, only DuckDB has",
        engine.firstRows(there + " EXCEPT ALL " + here, 3),
        engine.firstRows(here + " EXCEPT ALL " + there, 3));
    compared.put(step, engine.number("SELECT count(*) " + here));
  }

  private void differing(String what, List<String> there, List<String> here) {
    if (!there.equals(here)) {
      differences.add(what + " " + there + " " + here);
    }
  }

  /** Columns with their types; DuckDB may hold a text as a number of a list. */
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
  public int queriesAtOnce() {
    return cluster.queriesAtOnce();
  }

  @Override
  public Set<String> heldAsNumbers(String table) {
    return cluster.heldAsNumbers(table);
  }

  @Override
  public List<Path> bring(String table, Path folder) {
    return cluster.bring(table, folder);
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
