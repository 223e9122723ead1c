package cn.ganye.bench;

import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepListener;
import cn.ganye.engine.Steps;
import cn.ganye.pool.Memory;
import cn.ganye.pool.Pool;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.derivation.Derivation;
import cn.ganye.pool.derivation.FactTables;
import cn.ganye.pool.derivation.LedgerTables;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.lake.Settlement;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.pool.snapshot.Publisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The floor of a build: DuckDB reads the same records as clean Parquet and does all steps and
 * marts. No parsing, no checks of records, no keys, no settling, no checks of the snapshot. This
 * definition is frozen.
 */
public final class PoolFloor {
  private static final String HOME = "36";

  private PoolFloor() {}

  /**
   * Writes the accepted records of a pool as one clean Parquet file a dataset, and the ledger
   * beside them.
   */
  static void prepare(Path pool, Path clean, Path spill) throws Exception {
    Files.createDirectories(clean);
    Manifest manifest = Pool.at(pool).current();
    Contracts contracts = Contracts.builtIn();
    try (Engine engine = open(spill)) {
      LedgerTables.loads(engine, manifest.loads(), Integer.parseInt(HOME) * 10_000);
      Settlement.settle(
          engine,
          contracts.all(),
          manifest.loads(),
          manifest.undone(),
          new PoolFolder(pool)::find,
          (dataset, done, of) -> {});
      for (Contract contract : contracts.all()) {
        engine.write(
            "clean",
            "SELECT * FROM " + contract.table(),
            clean.resolve(contract.table() + ".parquet"));
      }
    }
    PoolFolder ledger = new PoolFolder(clean.resolve("ledger"));
    ledger.write(manifest);
    ledger.swap(manifest.snapshot());
  }

  /** Runs the floor once: {@code CLEAN OUT}. */
  public static void main(String[] arguments) throws Exception {
    Path clean = Path.of(arguments[0]);
    Path out = Path.of(arguments[1]);
    List<Load> loads = new PoolFolder(clean.resolve("ledger")).current().orElseThrow().loads();
    Contracts contracts = Contracts.builtIn();
    Steps steps = Derivation.steps(null);
    try (Engine engine = open(out.resolve("spill"))) {
      LedgerTables.loads(engine, loads, Integer.parseInt(HOME) * 10_000);
      engine.execute(
          "settlement",
          "CREATE TABLE settlement(dataset VARCHAR, load INTEGER, record INTEGER, verdict VARCHAR, by_load INTEGER)");
      for (Contract contract : contracts.all()) {
        List<Path> files = List.of(clean.resolve(contract.table() + ".parquet"));
        engine.view(contract.table(), files);
        engine.view(contract.table() + "_sent", files);
      }
      FactTables.make(engine, contracts, loads, HOME);
      engine.run(steps, StepListener.SILENT);
      List<Step> published =
          steps.ordered().stream().filter(step -> step.publication() != null).toList();
      Publisher.write(engine, published, List.of(), out, (mart, done, of) -> {});
    }
  }

  private static Engine open(Path spill) {
    return Engine.open(
        new EngineSettings(
            Memory.machine() / 2, Runtime.getRuntime().availableProcessors(), spill));
  }
}
