package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  @TempDir Path folder;

  /** Builds, and kills itself with SIGKILL as a stage begins, or within it. */
  public static final class Suicidal {
    public static void main(String[] arguments) throws Exception {
      String point = arguments[2];
      if (point.startsWith("after ")) {
        killLater(Long.parseLong(point.replaceAll("\\D", "")));
      }
      BuildOptions options =
          new BuildOptions(
              Path.of(arguments[0]),
              Path.of(arguments[1]),
              null,
              "36",
              LocalDate.of(2026, 1, 1),
              512L << 20,
              2,
              1098,
              null);
      PoolBuild.run(
          options,
          new BuildListener() {
            @Override
            public void stage(BuildStage stage) {
              if (point.equals(stage.name())) {
                kill();
              }
            }

            @Override
            public void progress(BuildStage stage, String what, long done, long of, long records) {
              if (point.equals("within " + stage.name())) {
                kill();
              }
            }
          });
    }

    private static void killLater(long millis) {
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  Thread.sleep(millis);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                kill();
              });
    }

    private static void kill() {
      try {
        new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
            .start()
            .waitFor();
        Thread.sleep(10_000);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * A pool with a file that no snapshot names, and one more month to be taken in.
   *
   * @param months that were taken in one by one; of three snapshots one is swept with the next
   */
  private Sample next(String name, int months) throws Exception {
    Path made = folder.resolve("made of " + months);
    if (!Files.exists(made)) {
      Sample sample = new Sample(made).people(3);
      for (int month = 202301; month < 202301 + months; month++) {
        sample.month(month, 1, 2).build();
      }
      Files.createFile(sample.pool.resolve("marts/rubbish"));
    }
    Sample sample = new Sample(made).copy(folder.resolve(name));
    before = Pool.at(sample.pool).current().snapshot();
    return sample.month(202301 + months, 1, 3);
  }

  private String before = "";

  private int killed(Sample sample, String point) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Suicidal.class.getName(),
                sample.in.toString(),
                sample.pool.toString(),
                point)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(point + ".log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void killed_in_any_stage_the_old_snapshot_stays_and_a_rerun_ends_the_same() throws Exception {
    Map<Integer, String> ends =
        Map.of(
            1, next("straight", 1).build().manifest().snapshot(),
            3, next("straight sweep", 3).build().manifest().snapshot());
    List<String> points = new ArrayList<>();
    for (BuildStage stage : BuildStage.values()) {
      points.add(stage.name());
      if (stage != BuildStage.SWAP) {
        points.add("within " + stage.name());
      }
    }
    for (String point : points) {
      int months = point.endsWith("SWEEP") ? 3 : 1;
      String expected = ends.get(months);
      Sample sample = next(point, months);
      assertThat(killed(sample, point)).as("%s is reached", point).isEqualTo(137);
      String after = Pool.at(sample.pool).current().snapshot();
      assertThat(after).as(point).isEqualTo(point.endsWith("SWEEP") ? expected : before);
      assertThat(sample.query("SELECT COUNT(*) FROM stock")).hasSize(1);
      assertThat(sample.build().manifest().snapshot()).as(point).isEqualTo(expected);
      assertThat(sample.pool.resolve("marts/rubbish")).as(point).doesNotExist();
    }
  }

  /** One pool, killed again and again before it may end. */
  @Test
  void killed_at_random_moments_a_pool_serves_the_old_snapshot_or_the_new_one() throws Exception {
    String expected = next("straight", 1).build().manifest().snapshot();
    Sample sample = next("struck", 1);
    Random random = new Random(36);
    for (int strike = 0; strike < 12; strike++) {
      int end = killed(sample, "after " + (300 + random.nextInt(2_500)));
      assertThat(end).isIn(137, 0);
      assertThat(Pool.at(sample.pool).current().snapshot()).isIn(before, expected);
      assertThat(sample.query("SELECT SUM(people) FROM stock WHERE region_by = 'work'")).hasSize(1);
    }
    assertThat(sample.build().manifest().snapshot()).isEqualTo(expected);
  }
}
