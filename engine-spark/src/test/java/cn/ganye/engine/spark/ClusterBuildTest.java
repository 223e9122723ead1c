package cn.ganye.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.engine.Cluster;
import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.BuildStage;
import cn.ganye.pool.PoolBuild;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.synth.Synth;
import cn.ganye.synth.SynthOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A whole build on a cluster, struck: it ends right or the old snapshot stays. */
class ClusterBuildTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);
  private static final int STEPS_BEFORE = 4;

  @TempDir Path folder;
  private Path pool = Path.of("");
  private Path files = Path.of("");
  private String before = "";
  private String expected = "";

  /** A pool of the first months; then the others come. */
  @BeforeEach
  void aPoolAndMoreFiles() throws Exception {
    pool = folder.resolve("pool");
    files = folder.resolve("files");
    Synth.make(SynthOptions.of(300, 3, 1, files), (done, of, records) -> {});
    Path first = Files.createDirectories(folder.resolve("first"));
    try (Stream<Path> all = Files.list(files)) {
      for (Path file : all.filter(file -> file.toString().contains("202301")).toList()) {
        Files.copy(file, first.resolve(file.getFileName()));
      }
    }
    before = build(first, pool);
    build(first, folder.resolve("straight"));
    expected = build(files, folder.resolve("straight"));
    assertThat(before).isNotEqualTo(expected);
  }

  private static String build(Path in, Path at) throws Exception {
    return PoolBuild.run(BuildOptions.of(in, at, TODAY), BuildListener.SILENT)
        .manifest()
        .snapshot();
  }

  private String current() throws IOException {
    return new PoolFolder(pool).current().orElseThrow().snapshot();
  }

  private static Cluster open(String master, Path storage) {
    Map<String, String> settings = new HashMap<>(Clusters.BOTH);
    settings.putAll(Clusters.INTERPRETED);
    settings.put("spark.sql.shuffle.partitions", "2");
    return Clusters.standalone(master, storage.toString(), settings);
  }

  /** Builds on a cluster, and kills itself while a step of the derivation runs. */
  public static final class Driver {
    public static void main(String[] arguments) throws Exception {
      BuildOptions options =
          BuildOptions.of(Path.of(arguments[0]), Path.of(arguments[1]), TODAY)
              .on(() -> open(arguments[2], Path.of(arguments[3])));
      PoolBuild.run(options, inMidDerivation(Strike.self()::arm));
    }
  }

  private static BuildListener inMidDerivation(Runnable what) {
    return new BuildListener() {
      @Override
      public void progress(BuildStage stage, String step, long done, long of, long records) {
        if (stage == BuildStage.DERIVE && done == STEPS_BEFORE) {
          what.run();
        }
      }
    };
  }

  @Test
  void a_killed_driver_leaves_the_old_snapshot_and_the_next_build_is_right() throws Exception {
    try (Standalone cluster = new Standalone(Clusters.SPARK, folder.resolve("cluster"))) {
      cluster.worker(Clusters.MEMORY, List.of());
      cluster.worker(Clusters.MEMORY, List.of());
      assertThat(driver(cluster.master(), folder.resolve("storage"))).isEqualTo(137);
    }
    assertThat(current()).isEqualTo(before);
    assertThat(build(files, pool)).isEqualTo(expected);
    assertThat(current()).isEqualTo(expected);
  }

  /** Under single steps {@link ClusterFaultsTest} kills one each time. */
  @Test
  @EnabledIfSystemProperty(
      named = "whole",
      matches = "true",
      disabledReason = "minutes: -Dwhole=true")
  void a_killed_executor_costs_time_alone() throws Exception {
    try (Standalone cluster = new Standalone(Clusters.SPARK, folder.resolve("cluster"))) {
      Process worker = cluster.worker(Clusters.MEMORY, List.of());
      cluster.worker(Clusters.MEMORY, List.of());
      Strike strike = new Strike("-KILL", worker);
      PoolBuild.run(
          BuildOptions.of(files, pool, TODAY)
              .on(() -> open(cluster.master(), folder.resolve("storage"))),
          inMidDerivation(strike::arm));
      assertThat(strike.struck()).isPositive();
      assertThat(current()).isEqualTo(expected);
    }
  }

  @Test
  void a_lost_storage_leaves_the_old_snapshot() throws Exception {
    Path storage = folder.resolve("storage");
    BuildOptions options =
        BuildOptions.of(files, pool, TODAY)
            .on(() -> Clusters.local(storage.toString(), Clusters.INTERPRETED));
    assertThatThrownBy(() -> PoolBuild.run(options, inMidDerivation(() -> lose(storage))))
        .isInstanceOfSatisfying(
            PoolProblem.class, problem -> assertThat(problem.code).isEqualTo("cluster-failed"));
    assertThat(current()).isEqualTo(before);
  }

  private static void lose(Path storage) {
    try {
      Lost.delete(storage);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int driver(String master, Path storage) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("@" + Path.of("jvm.options").toAbsolutePath());
    command.addAll(Clusters.BRIEF);
    Collections.addAll(command, "--enable-native-access=ALL-UNNAMED");
    Collections.addAll(command, "-cp", System.getProperty("java.class.path"));
    command.add(Driver.class.getName());
    Collections.addAll(command, files.toString(), pool.toString(), master, storage.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("driver.log").toFile())
            .start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
