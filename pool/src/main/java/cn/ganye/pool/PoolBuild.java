package cn.ganye.pool;

import cn.ganye.engine.Beside;
import cn.ganye.engine.Engine;
import cn.ganye.engine.Steps;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.derivation.Derivation;
import cn.ganye.pool.intake.Intake;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.pool.snapshot.Retention;
import cn.ganye.pool.source.SourceFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One build: takes new files in, derives every mart from the whole lake, and publishes a snapshot.
 * Nothing that it writes counts until {@code CURRENT} is swapped; a build cut off at any point
 * leaves the old snapshot, and the next one sweeps up.
 */
public final class PoolBuild {
  private final BuildOptions options;
  private final BuildListener listener;
  private final PoolFolder folder;
  private final BuildStages stages;

  private PoolBuild(BuildOptions options, BuildListener listener) {
    this.options = options;
    this.listener = listener;
    this.folder = new PoolFolder(options.pool());
    this.stages = new BuildStages(listener);
  }

  /**
   * Builds.
   *
   * @throws PoolProblem if the folder is missing, nothing in it can be read, a document is faulty,
   *     a check fails or another build is running
   */
  public static BuildReport run(BuildOptions options, BuildListener listener) throws Exception {
    if (!Files.isDirectory(options.in())) {
      throw PoolProblem.use(
          "folder-missing",
          options.in().toString(),
          "there is no such folder",
          "give the folder that holds the files with --in");
    }
    PoolBuild build = new PoolBuild(options, listener);
    return build.alone(
        (contracts, steps) -> {
          BuildReport report = build.takingIn(contracts, steps);
          build.folder.lookedThroughNow();
          return report;
        });
  }

  /**
   * Takes loads out again: figures are as if their files had never come, and the files may come
   * again. What has the same bytes as one of them goes with it.
   *
   * @param numbers of the loads
   * @throws PoolProblem if there is no such load, nothing would be left, a check fails or another
   *     build is running
   */
  public static BuildReport undo(
      BuildOptions options, Collection<Integer> numbers, BuildListener listener) throws Exception {
    PoolBuild build = new PoolBuild(options, listener);
    return build.alone((contracts, steps) -> build.undoing(contracts, steps, Set.copyOf(numbers)));
  }

  /**
   * Derives the figures as they were known on a day: of the loads that had been sent by then. The
   * snapshot is kept beside the one in force, which stays.
   *
   * @param day the last day of what is known
   * @throws PoolProblem if nothing had been sent by then, a check fails or another build is running
   */
  public static BuildReport asKnownAt(BuildOptions options, LocalDate day, BuildListener listener)
      throws Exception {
    PoolBuild build = new PoolBuild(options, listener);
    return build.alone((contracts, steps) -> build.knownAt(contracts, steps, day));
  }

  /**
   * Reads files once more, from what is kept of them, by the contracts in force: those whose
   * contract has changed since, and those that were refused and are understood now. Each gets a new
   * number and keeps the day on which it was sent.
   *
   * @param datasets whose files are read again whether their contract has changed or not
   * @throws PoolProblem if a check fails or another build is running
   */
  public static BuildReport reapply(
      BuildOptions options, Collection<String> datasets, BuildListener listener) throws Exception {
    PoolBuild build = new PoolBuild(options, listener);
    return build.alone(
        (contracts, steps) -> build.applying(contracts, steps, Set.copyOf(datasets)));
  }

  /** What a build does while no other one may. */
  @FunctionalInterface
  private interface Work {
    BuildReport done(Contracts contracts, Steps steps) throws Exception;
  }

  private BuildReport alone(Work work) throws Exception {
    CompletableFuture<Void> _ = CompletableFuture.runAsync(Engine::load);
    Future<Steps> reading =
        CompletableFuture.supplyAsync(() -> Derivation.steps(options.documents()));
    Contracts contracts =
        options.documents() == null ? Contracts.builtIn() : Contracts.with(options.documents());
    Steps steps = Beside.result(reading);
    try (FileChannel _ = folder.lock()) {
      folder.clear();
      Retention.collect(folder, (file, done, of) -> {});
      try (Closeable _ = folder::clear) {
        return work.done(contracts, steps);
      } catch (Exception e) {
        throw DiskTrouble.or(PoolProblem.within(e), folder.root());
      }
    }
  }

  private BuildReport takingIn(Contracts contracts, Steps steps) throws Exception {
    Manifest before = folder.current().orElse(Manifest.NOTHING);
    stages.enter(BuildStage.SCAN);
    Map<String, SourceFile> present =
        new FolderScan(options.in(), folder, folder.lockedAt())
            .tables(
                options.threads(),
                (file, done, of) -> listener.progress(BuildStage.SCAN, file, done, of, 0));
    List<SourceFile> fresh = fresh(present, before, contracts);
    String rules = Derivation.rules(steps);
    if (fresh.isEmpty() && before.snapshot().isEmpty()) {
      throw nothingReadable(List.of());
    }
    if (fresh.isEmpty() && rules.equals(before.rules())) {
      stages.leave();
      return new BuildReport(before, false, 0, 0, stages.took());
    }
    try (SnapshotMaker maker = maker(contracts, steps, before);
        RawKeeping.Packing raw =
            new RawKeeping(folder, maker.vault())
                .begin(present, options.today(), options.keepRaw())) {
      stages.enter(BuildStage.INTAKE);
      Set<String> again = fresh.stream().map(SourceFile::path).collect(Collectors.toSet());
      List<Load> loads =
          before.loads().stream()
              .filter(load -> load.refused() == null || !again.contains(load.file()))
              .collect(Collectors.toCollection(ArrayList::new));
      List<Load> taken =
          takeIn(
              maker,
              contracts,
              before.loads(),
              before.nextLoad(),
              fresh,
              _ -> options.today(),
              raw::keep);
      if (taken.stream().allMatch(load -> load.refused() != null) && before.loads().isEmpty()) {
        throw nothingReadable(taken);
      }
      loads.addAll(taken);
      loads = RawKeeping.within(loads, options.keepRaw(), options.today());
      List<String> segments = maker.saveIdentities();
      Manifest manifest =
          maker.make(new SnapshotMaker.Ledger(loads, before.undone(), segments, 0), present);
      raw.end();
      publish(manifest);
      long records = taken.stream().mapToLong(Load::records).sum();
      return new BuildReport(manifest, true, taken.size(), records, stages.took());
    }
  }

  private BuildReport applying(Contracts contracts, Steps steps, Set<String> datasets)
      throws Exception {
    Manifest before = folder.current().orElse(Manifest.NOTHING);
    try (SnapshotMaker maker = maker(contracts, steps, before)) {
      stages.enter(BuildStage.SCAN);
      RawKeeping raw = new RawKeeping(folder, maker.vault());
      Reapplication again =
          new Reapplication(
              before, contracts, raw.unpack(Reapplication.due(before, contracts, datasets)));
      if (again.originals().isEmpty()) {
        stages.leave();
        return new BuildReport(before, false, 0, 0, stages.took());
      }
      stages.enter(BuildStage.INTAKE);
      List<Load> loads = new ArrayList<>(again.staying());
      List<Load> taken = new ArrayList<>();
      for (List<SourceFile> tables : List.of(again.originals(), again.copies())) {
        int next = before.nextLoad() + taken.size();
        List<Load> read =
            takeIn(maker, contracts, loads, next, tables, again::arrived, load -> load);
        taken.addAll(read);
        loads.addAll(again.kept(read));
      }
      List<Load> undone = new ArrayList<>(before.undone());
      undone.addAll(again.replaced());
      List<String> segments = maker.saveIdentities();
      Map<String, SourceFile> present =
          again.originals().stream()
              .collect(Collectors.toMap(SourceFile::path, table -> table, (first, last) -> last));
      Manifest manifest = maker.make(new SnapshotMaker.Ledger(loads, undone, segments, 0), present);
      publish(manifest);
      return new BuildReport(
          manifest,
          true,
          taken.size(),
          taken.stream().mapToLong(Load::records).sum(),
          stages.took());
    }
  }

  private BuildReport undoing(Contracts contracts, Steps steps, Set<Integer> numbers)
      throws Exception {
    Manifest before = folder.current().orElse(Manifest.NOTHING);
    Map<Boolean, List<Load>> out =
        before.loads().stream()
            .collect(
                Collectors.partitioningBy(
                    load -> numbers.contains(load.load()) || numbers.contains(load.duplicateOf())));
    List<Load> undone = out.getOrDefault(true, List.of());
    for (int number : numbers) {
      if (undone.stream().noneMatch(load -> load.load() == number)) {
        throw PoolProblem.use(
            "load-unknown",
            folder.root().toString(),
            "there is no load " + number,
            "./ganye pool query \"SELECT load, file FROM intake\" lists them");
      }
    }
    Manifest manifest =
        anew(contracts, steps, before, out.getOrDefault(false, List.of()), undone, 0);
    publish(manifest);
    return new BuildReport(manifest, true, 0, 0, stages.took());
  }

  private BuildReport knownAt(Contracts contracts, Steps steps, LocalDate day) throws Exception {
    Manifest before = folder.current().orElse(Manifest.NOTHING);
    int last = day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth();
    Set<Integer> sentAgain =
        before.loads().stream()
            .filter(load -> load.knownFrom() <= last)
            .map(Load::duplicateOf)
            .collect(Collectors.toSet());
    Map<Boolean, List<Load>> known =
        before.loads().stream()
            .collect(
                Collectors.partitioningBy(
                    load -> load.knownFrom() <= last || sentAgain.contains(load.load())));
    Manifest manifest =
        anew(
            contracts,
            steps,
            before,
            known.getOrDefault(true, List.of()),
            known.getOrDefault(false, List.of()),
            last);
    stages.enter(BuildStage.ADOPT);
    folder.adopt((file, done, of) -> listener.progress(BuildStage.ADOPT, file, done, of, 0));
    boolean isNew = folder.keepAside(manifest);
    stages.leave();
    return new BuildReport(manifest, isNew, 0, 0, stages.took());
  }

  /** Derives everything from some of the loads of the snapshot in force. */
  private Manifest anew(
      Contracts contracts,
      Steps steps,
      Manifest before,
      List<Load> loads,
      List<Load> out,
      int knownAt)
      throws Exception {
    if (loads.stream().allMatch(load -> load.lake() == null)) {
      throw PoolProblem.use(
          "nothing-left",
          folder.root().toString(),
          "no records would be left",
          "leave at least one file in");
    }
    List<Load> undone = new ArrayList<>(before.undone());
    undone.addAll(out);
    try (SnapshotMaker maker = maker(contracts, steps, before)) {
      return maker.make(
          new SnapshotMaker.Ledger(loads, undone, before.identities(), knownAt), Map.of());
    }
  }

  private SnapshotMaker maker(Contracts contracts, Steps steps, Manifest before)
      throws IOException {
    return new SnapshotMaker(options, folder, stages, contracts, steps, before);
  }

  private PoolProblem nothingReadable(List<Load> refused) {
    StringBuilder what = new StringBuilder("not one file could be read");
    refused.forEach(
        load ->
            what.append("\n  ")
                .append(load.file())
                .append(": ")
                .append(load.detail())
                .append(" [")
                .append(load.refused())
                .append(']'));
    return PoolProblem.use(
        "nothing-readable",
        options.in().toString(),
        what.toString(),
        "put files named dataset_region_period_sentdate.csv (or .xlsx, .jsonl, .parquet, .zip) there; ./ganye pool build --help lists the datasets");
  }

  /**
   * Files that are not in the ledger, and those that were refused whole and are understood now: a
   * contract may have learnt their header.
   */
  private static List<SourceFile> fresh(
      Map<String, SourceFile> present, Manifest before, Contracts contracts) {
    Map<String, Load> known = new HashMap<>();
    before.loads().forEach(load -> known.put(load.file() + '\t' + load.sha256(), load));
    List<SourceFile> fresh = new ArrayList<>();
    for (SourceFile file : present.values()) {
      Load load = known.get(file.path() + '\t' + file.sha256());
      if (load == null || (load.refused() != null && Intake.understands(file, contracts))) {
        fresh.add(file);
      }
    }
    return fresh;
  }

  private List<Load> takeIn(
      SnapshotMaker maker,
      Contracts contracts,
      List<Load> known,
      int first,
      List<SourceFile> fresh,
      Function<SourceFile, LocalDate> arrived,
      Intake.Keeping keeping)
      throws Exception {
    Map<String, Load> byHash = new HashMap<>();
    known.forEach(load -> byHash.putIfAbsent(load.sha256(), load));
    Intake intake =
        new Intake(
            contracts,
            maker.vault(),
            maker.identities(),
            options.home(),
            arrived,
            keeping,
            options.threads(),
            folder.staging());
    return intake.take(
        maker.engine(),
        fresh,
        byHash,
        first,
        (file, done, of, records) -> listener.progress(BuildStage.INTAKE, file, done, of, records));
  }

  private void publish(Manifest manifest) throws IOException {
    stages.enter(BuildStage.ADOPT);
    folder.adopt((file, done, of) -> listener.progress(BuildStage.ADOPT, file, done, of, 0));
    folder.write(manifest);
    stages.enter(BuildStage.SWAP);
    folder.swap(manifest.snapshot());
    stages.enter(BuildStage.SWEEP);
    Retention.collect(
        folder, (file, done, of) -> listener.progress(BuildStage.SWEEP, file, done, of, 0));
    stages.leave();
  }
}
