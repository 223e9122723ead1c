package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTroubleTest {
  private static final String MORE_THAN_FITS =
      "CREATE TABLE much AS SELECT hash(range) AS a, hash(range + 1) AS b FROM range(20000000)";

  @TempDir Path folder;

  @Test
  void no_room_to_spill_is_a_full_disk() {
    try (Engine engine = Engine.open(new EngineSettings(64L << 20, 1, folder))) {
      engine.execute("room", "SET max_temp_directory_size = '1MiB'");
      Throwable failure = catchThrowable(() -> engine.execute("much", MORE_THAN_FITS));

      assertThat(DiskTrouble.isFull(failure)).as(String.valueOf(failure)).isTrue();
    }
  }

  @Test
  void what_the_system_says_of_a_full_disk_may_lie_beneath() {
    IOException full = new IOException("/pool/lake: No space left on device");
    assertThat(DiskTrouble.isFull(new IllegalStateException("writing", full))).isTrue();
    assertThat(DiskTrouble.isFull(new IOException("Permission denied"))).isFalse();
  }

  @Test
  void a_disk_that_cannot_be_read_is_told_as_that() {
    IOException failing = new IOException("/pool/lake: Input/output error");
    assertThat(DiskTrouble.isFailing(new IllegalStateException("reading", failing))).isTrue();
    assertThat(DiskTrouble.isFull(failing)).isFalse();
    assertThat(DiskTrouble.or(failing, folder))
        .isInstanceOfSatisfying(
            PoolProblem.class,
            problem -> {
              assertThat(problem.code).isEqualTo("disk-failing");
              assertThat(problem).hasMessageContaining("/pool/lake");
            });
  }

  @Test
  void too_little_memory_is_not_a_full_disk() {
    try (Engine engine = Engine.open(new EngineSettings(64L << 20, 1, folder))) {
      engine.execute("no spilling", "SET temp_directory = ''");
      Throwable failure = catchThrowable(() -> engine.execute("much", MORE_THAN_FITS));

      assertThat(failure).hasMessageContaining("Out of Memory");
      assertThat(DiskTrouble.isFull(failure)).isFalse();
    }
  }
}
