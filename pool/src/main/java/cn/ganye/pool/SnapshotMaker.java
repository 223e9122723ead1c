package cn.ganye.pool;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.ClusterException;
import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.ParquetFile;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepEngine;
import cn.ganye.engine.Steps;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.derivation.Derivation;
import cn.ganye.pool.derivation.FactTables;
import cn.ganye.pool.derivation.LedgerTables;
import cn.ganye.pool.derivation.Window;
import cn.ganye.pool.identity.Directory;
import cn.ganye.pool.identity.Identities;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.intake.Contradictions;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.lake.Settlement;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.pool.snapshot.Publisher;
import cn.ganye.pool.snapshot.SnapshotChecks;
import cn.ganye.pool.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of what counts: settles, derives, checks, and writes the marts aside. */
final class SnapshotMaker implements AutoCloseable {
  /**
   * What counts, what no longer does, and the keys given.
   *
   * @param knownAt yyyymmdd, if it is what was known on a day; else 0
   */
  record Ledger(List<Load> loads, List<Load> undone, List<String> identities, int knownAt) {
    /** A name that no other state of the pool has. */
    String label() {
      int last =
          Stream.concat(loads.stream(), undone.stream()).mapToInt(Load::load).max().orElse(0);
      return String.format(Locale.ROOT, "load-%06d", last)
          + (undone.isEmpty() ? "" : "-without-" + undone.size())
          + (knownAt == 0 ? "" : "-known-" + knownAt);
    }
  }

  private final BuildOptions options;
  private final PoolFolder folder;
  private final BuildStages stages;
  private final Contracts contracts;
  private final Steps steps;
  private final Manifest before;
  private final Vault vault;
  private final Identities identities;
  private final Engine engine;

  /** For what is done beside the rest. */
  private final ExecutorService beside = Executors.newSingleThreadExecutor();

  SnapshotMaker(
      BuildOptions options,
      PoolFolder folder,
      BuildStages stages,
      Contracts contracts,
      Steps steps,
      Manifest before)
      throws IOException {
    this.options = options;
    this.folder = folder;
    this.stages = stages;
    this.contracts = contracts;
    this.steps = steps;
    this.before = before;
    Vault.makePrivate(folder.spill());
    Files.createDirectories(folder.staging());
    this.vault = Vault.open(folder.vault());
    this.identities =
        Identities.load(vault, before.identities().stream().map(folder.root()::resolve).toList());
    this.engine =
        Engine.open(new EngineSettings(options.memory(), options.threads(), folder.spill()));
  }

  Engine engine() {
    return engine;
  }

  Vault vault() {
    return vault;
  }

  Identities identities() {
    return identities;
  }

  /** Seals the keys given since the snapshot before; names all of their files. */
  List<String> saveIdentities() throws IOException {
    List<String> segments = new ArrayList<>(before.identities());
    if (identities.grown()) {
      String segment =
          "vault/identities/segment-"
              + String.format(Locale.ROOT, "%06d", segments.size() + 1)
              + ".sealed";
      identities.save(vault, prepared(segment));
      segments.add(segment);
    }
    return segments;
  }

  /**
   * Settles, derives, checks and writes the marts. The engine is then closed, while its caller goes
   * on.
   *
   * @param present files that are there, for the text of what contradicts
   */
  Manifest make(Ledger ledger, Map<String, SourceFile> present) throws Exception {
    try {
      return made(ledger, present);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception own ? own : e;
    }
  }

  private Manifest made(Ledger ledger, Map<String, SourceFile> present) throws Exception {
    List<Load> loads = ledger.loads();
    stages.enter(BuildStage.SETTLE);
    LedgerTables.loads(engine, loads, Integer.parseInt(options.home()) * 10_000);
    Settlement.settle(
        engine,
        contracts.all(),
        loads,
        ledger.undone(),
        folder::find,
        (dataset, done, of) -> stages.progress(dataset, done, of, 0));
    SortedMap<Integer, BitSet> contradicting = Settlement.contradictions(engine);
    Future<@Nullable String> quarantined =
        beside.submit(() -> quarantined(contradicting, ledger, present));
    Window window = FactTables.make(engine, contracts, loads, options.home());
    String contradictions = quarantined.get();
    List<Step> published =
        steps.ordered().stream().filter(step -> step.publication() != null).toList();
    stages.enter(BuildStage.DERIVE);
    Supplier<Cluster> machines = options.cluster();
    if (machines == null) {
      derive(engine);
      check(engine, SnapshotChecks.ofFigures(engine, published));
    } else {
      deriveOn(machines, published);
    }
    stages.enter(BuildStage.PUBLISH);
    Future<@Nullable String> named = beside.submit(() -> directory(loads));
    List<Manifest.MartFile> marts =
        Publisher.write(
            engine,
            published,
            before.marts().stream().filter(mart -> Files.exists(folder.find(mart.file()))).toList(),
            folder.staging(),
            (file, done, of) -> stages.progress(file, done, of, 0));
    String directory = named.get();
    // All that was asked of it lies in files: whatever hinders its end, they stand.
    Future<?> _ = beside.submit(engine::close);
    boolean aside = ledger.knownAt() != 0;
    return new Manifest(
        Manifest.id(marts),
        Window.month(window.first()),
        Window.month(window.last()),
        Derivation.rules(steps),
        marts,
        loads,
        ledger.undone(),
        ledger.identities(),
        contradictions,
        directory,
        aside ? 0 : folder.snapshots().stream().mapToInt(Manifest::number).max().orElse(0) + 1,
        aside ? null : options.today().toString());
  }

  private void derive(StepEngine runner) {
    runner.run(
        steps,
        (step, position, of, rows, took) -> {
          stages.step(step.name(), took);
          stages.progress(step.name(), position, of, rows);
        });
  }

  private void check(StepEngine runner, List<SnapshotChecks.Check> checks) {
    stages.enter(BuildStage.CHECK);
    SnapshotChecks.run(runner, checks, (check, done, of) -> stages.progress(check, done, of, 0));
  }

  /** On a cluster: what it made is then in the engine, as if it had been made here. */
  private void deriveOn(Supplier<Cluster> machines, List<Step> published) {
    Cluster cluster = opened(machines);
    try (cluster) {
      Handover handover = new Handover(engine, cluster, folder.spill().resolve("handover"));
      handover.give(steps);
      derive(cluster);
      List<SnapshotChecks.Check> checks =
          new ArrayList<>(SnapshotChecks.ofFigures(cluster, published));
      checks.addAll(SnapshotChecks.ofKeys(published));
      check(cluster, checks);
      handover.takeBack(published);
    } catch (ClusterException e) {
      throw PoolProblem.work(
          "cluster-failed",
          "--engine spark",
          String.valueOf(e.getMessage()),
          "the old snapshot stays in force; mend the cluster and build again, or build without it");
    }
    stages.cluster(cluster.used());
  }

  private static Cluster opened(Supplier<Cluster> machines) {
    try {
      return machines.get();
    } catch (ClusterException e) {
      throw PoolProblem.work(
          "cluster-unreachable",
          "--master",
          String.valueOf(e.getMessage()),
          "see that the master runs and is reached from here, or build without the cluster; the old snapshot stays in force");
    }
  }

  /** Quarantines the text of records that contradict each other; null if there are none. */
  private @Nullable String quarantined(
      SortedMap<Integer, BitSet> records, Ledger ledger, Map<String, SourceFile> present)
      throws Exception {
    if (records.isEmpty()) {
      return null;
    }
    String name = "quarantine/contradictions/" + ledger.label() + ".sealed";
    String last = before.contradictions();
    new Contradictions(contracts, vault, present, options.threads())
        .quarantine(
            records,
            ledger.loads(),
            last == null ? null : folder.root().resolve(last),
            prepared(name));
    return name;
  }

  private @Nullable String directory(List<Load> loads) throws IOException {
    Path part = prepared("directory/enterprise.part");
    ParquetFile file;
    try (Engine own = engine.beside()) {
      file =
          Directory.write(
              own, contracts, loads, vault, identities.enterprises(), folder::find, part);
    }
    String name = "directory/enterprise-" + file.sha256().substring(0, 16) + ".parquet";
    Files.move(part, prepared(name));
    return name;
  }

  private Path prepared(String relative) throws IOException {
    Path file = folder.staging().resolve(relative);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return file;
  }

  @Override
  public void close() {
    beside.close();
    engine.close();
  }
}
