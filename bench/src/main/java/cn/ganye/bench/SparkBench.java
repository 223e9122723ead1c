package cn.ganye.bench;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.spark.BothEngines;
import cn.ganye.engine.spark.Standalone;
import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.BuildReport;
import cn.ganye.pool.Memory;
import cn.ganye.pool.PoolBuild;
import cn.ganye.synth.Synth;
import cn.ganye.synth.SynthOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds the pool of one province with DuckDB, with Spark in one process, with a standalone Master
 * and two Workers, and with DuckDB and Spark side by side. All must publish the same snapshot, and
 * side by side each step must have the same rows.
 */
public final class SparkBench {
  /** What derives. */
  private enum Runner {
    DUCKDB,
    LOCAL,
    STANDALONE,
    /** Spark in one process and DuckDB beside it: each step is compared. */
    CONTRACT
  }

  private static final int WORKERS = 2;
  private static final Pattern SNAPSHOT = Pattern.compile("\"snapshot\":\"([^\"]+)\"");

  private final int people;
  private final int months;
  private final Path work;
  private final Set<String> only;
  private final String executorMemory;
  private final String mainClass;

  /**
   * Measures with the given size.
   *
   * @param only names of what derives; empty for all
   * @param executorMemory of each Worker's executor, as Spark writes it
   * @param mainClass that of the command
   */
  public SparkBench(
      int people,
      int months,
      Path work,
      Set<String> only,
      String executorMemory,
      String mainClass) {
    this.people = people;
    this.months = months;
    this.work = work;
    this.only = only;
    this.executorMemory = executorMemory;
    this.mainClass = mainClass;
  }

  /** Runs all of it. */
  public void run(PoolBench.Figures figures) throws Exception {
    Folders.delete(work);
    Files.createDirectories(work);
    Path data = work.resolve("data");
    Synth.Result made =
        Synth.make(SynthOptions.of(people, months, 1, data), (done, of, records) -> {});
    figures.figure("records", Long.toString(made.records()), "records");
    String first = null;
    for (Runner runner : Runner.values()) {
      String name = runner.name().toLowerCase(Locale.ROOT);
      if (!only.isEmpty() && !only.contains(name)) {
        continue;
      }
      String snapshot =
          runner == Runner.CONTRACT
              ? compared(data, figures, name)
              : snapshot(built(runner, data, figures, name));
      if (first != null && !first.equals(snapshot)) {
        throw new IllegalStateException(
            name + " published snapshot " + snapshot + ", the one before it " + first);
      }
      first = snapshot;
    }
    Folders.delete(work);
  }

  /** Compares every step row by row; the snapshot that comes of it. */
  private String compared(Path data, PoolBench.Figures figures, String name) throws Exception {
    Path storage = work.resolve("storage");
    EngineSettings settings =
        new EngineSettings(Memory.machine() / 8, WORKERS, work.resolve("spill"));
    Cluster.Settings local =
        new Cluster.Settings(
            "local[" + WORKERS + "]", storage.toString(), Map.of("spark.driver.host", "127.0.0.1"));
    AtomicReference<BothEngines> both = new AtomicReference<>();
    BuildReport report =
        PoolBuild.run(
            BuildOptions.of(
                    data, work.resolve("pool-" + name), LocalDate.now(ZoneId.of("Asia/Shanghai")))
                .on(
                    () -> {
                      Cluster cluster = Cluster.provider().orElseThrow().open(local);
                      both.set(new BothEngines(cluster, storage, settings));
                      return both.get();
                    }),
            BuildListener.SILENT);
    BothEngines compared = Objects.requireNonNull(both.get(), "a build that opened no cluster");
    figures.figure(name + "-steps", Integer.toString(compared.compared().size()), "steps");
    figures.figure(
        name + "-rows",
        Long.toString(compared.compared().values().stream().mapToLong(rows -> rows).sum()),
        "rows");
    List<String> differences = compared.differences();
    figures.figure(name + "-differences", Integer.toString(differences.size()), "differences");
    if (!differences.isEmpty()) {
      throw new IllegalStateException(String.join("\n", differences));
    }
    return report.manifest().snapshot();
  }

  private ChildProcess built(Runner runner, Path data, PoolBench.Figures figures, String name)
      throws Exception {
    Path pool = work.resolve("pool-" + name);
    List<String> command =
        new ArrayList<>(
            List.of("pool", "build", "--in", data.toString(), "--pool", pool.toString(), "--json"));
    ChildProcess child;
    switch (runner) {
      case DUCKDB -> child = build(name, command);
      case LOCAL -> {
        command.addAll(List.of("--engine", "spark", "--master", "local[" + WORKERS + "]"));
        command.addAll(List.of("--spark", "spark.driver.host=127.0.0.1"));
        child = build(name, command);
      }
      case STANDALONE -> {
        try (Standalone cluster = new Standalone(sparkHome(), work.resolve("cluster"))) {
          for (int i = 0; i < WORKERS; i++) {
            cluster.worker(executorMemory, List.of());
          }
          command.addAll(List.of("--engine", "spark", "--master", cluster.master()));
          command.addAll(List.of("--spark", "spark.driver.host=127.0.0.1"));
          command.addAll(List.of("--spark", "spark.executor.memory=" + executorMemory));
          child = build(name, command);
        }
      }
      default -> throw new IllegalStateException(name);
    }
    double derived = child.number("derive") + child.number("check");
    double coreSeconds =
        runner == Runner.DUCKDB
            ? derived * Runtime.getRuntime().availableProcessors()
            : child.number("task_seconds");
    figures.figure(name + "-build", decimal(child.seconds()), "s");
    figures.figure(name + "-derivation", decimal(derived), "s");
    figures.figure(
        name + "-cost", decimal(coreSeconds / (people * (double) months / 1e6)), "core-s/M");
    figures.figure(name + "-peak-memory", Long.toString(child.peakMiB()), "MiB");
    if (runner != Runner.DUCKDB) {
      figures.figure(name + "-tasks", decimal(child.number("tasks")), "tasks");
      figures.figure(name + "-longest-task", decimal(child.number("longest_task_seconds")), "s");
      figures.figure(name + "-shuffled", decimal(child.number("shuffled_bytes") / 1e6), "MB");
      figures.figure(name + "-spilled", decimal(child.number("spilled_bytes") / 1e6), "MB");
    }
    Files.writeString(
        work.resolveSibling(work.getFileName() + "-" + name + ".json"), child.output());
    Folders.delete(pool);
    return child;
  }

  private ChildProcess build(String name, List<String> command)
      throws IOException, InterruptedException {
    return ChildProcess.run(work.resolve(name + ".log"), mainClass, command);
  }

  /** The folder above the jars of Spark on our own class path. */
  private static Path sparkHome() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> String.valueOf(jar.getFileName()).startsWith("spark-core_"))
        .map(jar -> jar.toAbsolutePath().resolve("../..").normalize())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("start with ./ganye bench spark"));
  }

  private static String snapshot(ChildProcess child) {
    Matcher matcher = SNAPSHOT.matcher(child.output());
    if (!matcher.find()) {
      throw new IllegalStateException("no snapshot in " + child.output());
    }
    return matcher.group(1);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
