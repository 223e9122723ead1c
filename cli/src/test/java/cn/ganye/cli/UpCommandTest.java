package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.BuildReport;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.reference.ResidentId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app killed in the midst of a build leaves the build behind, which goes on by itself. */
class UpCommandTest {
  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  private Optional<BuildReport> lookThrough() {
    try {
      Path in = Files.createDirectories(folder.resolve("in"));
      Files.writeString(
          in.resolve("resident_360121__20230105.csv"),
          "公民身份号码,姓名,性别,出生日期,户籍区划,常住区划,文化程度\n"
              + ResidentId.of(369900, 19850307, 1).text()
              + ",张三,男性,1985-03-07,360121,360121,初级中学教育\n");
      return UpCommand.lookThrough(
          BuildOptions.of(in, folder.resolve("pool"), LocalDate.of(2026, 1, 1)),
          new PrintWriter(err));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void starts_with_the_snapshot_that_is_there_beside_a_build_left_behind() throws Exception {
    assertThat(lookThrough()).isPresent();
    try (FileChannel left = new PoolFolder(folder.resolve("pool")).lock()) {
      assertThat(left.isOpen()).isTrue();
      assertThat(lookThrough()).isEmpty();
    }
    assertThat(lookThrough()).isPresent();
  }

  @Test
  void waits_for_a_build_left_behind_where_nothing_was_published() throws Exception {
    CompletableFuture<Optional<BuildReport>> started;
    try (FileChannel left = new PoolFolder(folder.resolve("pool")).lock()) {
      started = CompletableFuture.supplyAsync(this::lookThrough);
      while (!err.toString().contains("Waiting for a build")) {
        assertThat(started).isNotDone();
        Thread.sleep(20);
      }
      assertThat(left.isOpen()).isTrue();
    }
    assertThat(started.get()).isPresent();
  }
}
