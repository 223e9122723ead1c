package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  @TempDir Path folder;

  /** Builds, and kills itself with SIGKILL as a stage begins, or within it. */
  public static final class Suicidal {
    public static void main(String[] arguments) throws Exception {
      String point = arguments[2];
      BuildOptions options =
          new BuildOptions(
              Path.of(arguments[0]),
              Path.of(arguments[1]),
              null,
              "36",
              LocalDate.of(2026, 1, 1),
              512L << 20,
              2);
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

            private void kill() {
              try {
                new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
                Thread.sleep(10_000);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          });
    }
  }

  @Test
  void killed_in_any_stage_the_old_snapshot_stays_and_a_rerun_ends_the_same() throws Exception {
    Sample straight = new Sample(folder.resolve("straight")).people(3).month(202301, 1, 2);
    straight.build();
    straight.month(202302, 1, 3);
    String expected = straight.build().manifest().snapshot();
    List<String> points = new ArrayList<>();
    for (BuildStage stage : BuildStage.values()) {
      points.add(stage.name());
    }
    points.addAll(List.of("within INTAKE", "within DERIVE", "within ADOPT"));
    for (String point : points) {
      Sample sample = new Sample(folder.resolve(point)).people(3).month(202301, 1, 2);
      String before = sample.build().manifest().snapshot();
      sample.month(202302, 1, 3);
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "--enable-native-access=ALL-UNNAMED",
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
      assertThat(process.exitValue()).as("%s is reached", point).isEqualTo(137);
      String after = Pool.at(sample.pool).current().snapshot();
      assertThat(after).as("%s", point).isEqualTo(point.equals("SWEEP") ? expected : before);
      assertThat(sample.query("SELECT COUNT(*) FROM stock")).hasSize(1);
      assertThat(sample.build().manifest().snapshot()).as("%s", point).isEqualTo(expected);
    }
  }
}
