package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  @TempDir Path folder;

  /** Builds, and kills itself with SIGKILL when a stage begins. */
  public static final class Suicidal {
    public static void main(String[] arguments) throws Exception {
      BuildStage last = BuildStage.valueOf(arguments[2]);
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
              if (stage == last) {
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
          });
    }
  }

  @Test
  void killed_in_any_stage_the_old_snapshot_stays_and_a_rerun_ends_the_same() throws Exception {
    Sample straight = new Sample(folder.resolve("straight")).people(3).month(202301, 1, 2);
    straight.build();
    straight.month(202302, 1, 3);
    String expected = straight.build().manifest().snapshot();
    for (BuildStage stage : BuildStage.values()) {
      Sample sample = new Sample(folder.resolve(stage.name())).people(3).month(202301, 1, 2);
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
                  stage.name())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(stage + ".log").toFile())
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("stage %s is reached", stage).isEqualTo(137);
      String after = Pool.at(sample.pool).current().snapshot();
      assertThat(after).as("%s", stage).isEqualTo(stage == BuildStage.SWEEP ? expected : before);
      assertThat(sample.query("SELECT COUNT(*) FROM stock")).hasSize(1);
      assertThat(sample.build().manifest().snapshot()).as("%s", stage).isEqualTo(expected);
    }
  }
}
