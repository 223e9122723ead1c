package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.engine.Hashes;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.pool.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderScanTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private Path in;
  private Path file;
  private Path pool;

  @BeforeEach
  void a_folder_with_one_file() throws Exception {
    in = Files.createDirectories(folder.resolve("in"));
    pool = Files.createDirectories(folder.resolve("pool"));
    file = Files.writeString(in.resolve("a.csv"), "first");
  }

  @Test
  void what_stands_as_it_stood_is_not_read_again() throws Exception {
    Map<String, SourceFile> first = scan(LONG);
    assertThat(first.get("a.csv").sha256()).isEqualTo(Hashes.of("first"));
    String made = "0".repeat(64);
    replaceInMemory(Hashes.of("first"), made);

    assertThat(scan(LONG).get("a.csv"))
        .isEqualTo(new SourceFile("a.csv", file.toRealPath(), 5, made));
  }

  @Test
  void a_file_of_the_same_size_and_time_is_read_again() throws Exception {
    scan(LONG);
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "other");
    Files.setLastModifiedTime(file, time);

    assertThat(scan(LONG).get("a.csv").sha256()).isEqualTo(Hashes.of("other"));
  }

  @Test
  void a_file_moved_into_the_place_of_another_is_read_again() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "other");
    scan(LONG);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

    assertThat(scan(LONG).get("a.csv").sha256()).isEqualTo(Hashes.of("other"));
  }

  @Test
  void a_file_that_changed_a_moment_ago_is_read_again() throws Exception {
    scan(Duration.ZERO);

    assertThat(Files.exists(pool.resolve("scan.json"))).isFalse();
  }

  @Test
  void of_a_file_that_is_gone_nothing_is_left() throws Exception {
    scan(LONG);
    Files.delete(file);

    assertThat(scan(LONG)).isEmpty();
    assertThat(Files.readString(pool.resolve("scan.json"))).doesNotContain("a.csv");
  }

  @Test
  void a_file_goes_by_its_place_in_the_folder_that_is_looked_through() throws Exception {
    Files.move(file, Files.createDirectories(in.resolve("b")).resolve("a.csv"));
    assertThat(scan(LONG)).containsOnlyKeys("b/a.csv");
    in = in.resolve("b");

    assertThat(scan(LONG)).containsOnlyKeys("a.csv");
  }

  @Test
  void an_unreadable_memory_or_that_of_another_build_does_not_count() throws Exception {
    scan(LONG);
    replaceInMemory(Hashes.of("first"), "0".repeat(64));
    replaceInMemory("\"program\":\"", "\"program\":\"another ");
    assertThat(scan(LONG).get("a.csv").sha256()).isEqualTo(Hashes.of("first"));

    Files.writeString(pool.resolve("scan.json"), "{\"program\":");
    assertThat(scan(LONG).get("a.csv").sha256()).isEqualTo(Hashes.of("first"));
    Files.writeString(pool.resolve("scan.json"), "{}");
    assertThat(scan(LONG).get("a.csv").sha256()).isEqualTo(Hashes.of("first"));
  }

  private Map<String, SourceFile> scan(Duration later) throws Exception {
    return new FolderScan(in, new PoolFolder(pool), Instant.now().plus(later))
        .tables(1, (name, done, of) -> {});
  }

  private void replaceInMemory(String text, String by) throws Exception {
    Path memory = pool.resolve("scan.json");
    Files.writeString(memory, Files.readString(memory).replace(text, by));
  }
}
