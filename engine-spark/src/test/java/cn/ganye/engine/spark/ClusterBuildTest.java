package cn.ganye.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build on a cluster that comes to nothing leaves the old snapshot, and the next ends right. */
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

  /** Builds on a cluster, and kills itself with SIGKILL between two steps of the derivation. */
  public static final class Driver {
    public static void main(String[] arguments) throws Exception {
      Path storage = Path.of(arguments[2]);
      PoolBuild.run(
          BuildOptions.of(Path.of(arguments[0]), Path.of(arguments[1]), TODAY)
              .on(() -> ContractTest.local(storage.toString())),
          at(
              BuildStage.DERIVE,
              () -> {
                try {
                  new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
                      .start()
                      .waitFor();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
  }

  private static BuildListener at(BuildStage where, Runnable strike) {
    return new BuildListener() {
      @Override
      public void progress(BuildStage stage, String what, long done, long of, long records) {
        if (stage == where && done == STEPS_BEFORE) {
          strike.run();
        }
      }
    };
  }

  @Test
  void the_driver_killed_or_the_storage_lost_the_old_snapshot_stays_and_the_next_build_is_right()
      throws Exception {
    Path storage = folder.resolve("storage");
    assertThat(driver(storage)).isEqualTo(137);
    assertThat(current()).isEqualTo(before);
    BuildOptions options =
        BuildOptions.of(files, pool, TODAY).on(() -> ContractTest.local(storage.toString()));
    assertThatThrownBy(() -> PoolBuild.run(options, at(BuildStage.DERIVE, () -> lose(storage))))
        .isInstanceOfSatisfying(
            PoolProblem.class, problem -> assertThat(problem.code).isEqualTo("cluster-failed"));
    assertThat(current()).isEqualTo(before);
    assertThat(build(files, pool)).isEqualTo(expected);
    assertThat(current()).isEqualTo(expected);
  }

  private static void lose(Path storage) {
    try {
      Lost.delete(storage);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int driver(Path storage) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("@" + Path.of("jvm.options").toAbsolutePath());
    Collections.addAll(command, "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1");
    Collections.addAll(command, "-cp", System.getProperty("java.class.path"));
    Collections.addAll(
        command, Driver.class.getName(), files.toString(), pool.toString(), storage.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("driver.log").toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
