package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {
  private static final String MORE_THAN_FITS =
      "CREATE TABLE much AS SELECT hash(range) AS a, hash(range + 1) AS b FROM range(20000000)";

  @TempDir Path folder;

  @Test
  void no_room_to_spill_is_a_full_disk() {
    try (Engine engine = Engine.open(new EngineSettings(64L << 20, 1, folder))) {
      engine.execute("room", "SET max_temp_directory_size = '1MiB'");
      Throwable failure = catchThrowable(() -> engine.execute("much", MORE_THAN_FITS));

      assertThat(DiskFull.is(failure)).as(String.valueOf(failure)).isTrue();
    }
  }

  @Test
  void what_the_system_says_of_a_full_disk_may_lie_beneath() {
    IOException full = new IOException("/pool/lake: No space left on device");
    assertThat(DiskFull.is(new IllegalStateException("writing", full))).isTrue();
    assertThat(DiskFull.is(new IOException("Permission denied"))).isFalse();
  }

  @Test
  void too_little_memory_is_not_a_full_disk() {
    try (Engine engine = Engine.open(new EngineSettings(64L << 20, 1, folder))) {
      engine.execute("no spilling", "SET temp_directory = ''");
      Throwable failure = catchThrowable(() -> engine.execute("much", MORE_THAN_FITS));

      assertThat(failure).hasMessageContaining("Out of Memory");
      assertThat(DiskFull.is(failure)).isFalse();
    }
  }
}
