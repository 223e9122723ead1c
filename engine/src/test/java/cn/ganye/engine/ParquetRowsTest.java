package cn.ganye.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetRowsTest {
  private static final int ROWS = 5_000;

  @TempDir Path folder;

  private Path written(String name, int first) {
    Path file = folder.resolve(name);
    try (Engine engine = Engine.open(new EngineSettings(1L << 28, 1, folder.resolve("spill")))) {
      engine.write(
          name.replace('.', '_'),
          "SELECT range AS number, md5(CAST(range AS VARCHAR)) AS word FROM range("
              + first
              + ", "
              + (first + ROWS)
              + ")",
          file);
    }
    return file;
  }

  @Test
  void files_are_read_beside_each_other_each_in_its_order() throws Exception {
    try (ParquetRows first = ParquetRows.open(written("first.parquet", 0));
        ParquetRows second = ParquetRows.open(written("second.parquet", 1_000_000))) {
      assertThat(first.columns()).containsExactly("number", "word");
      for (int row = 0; row < ROWS; row++) {
        assertThat(first.next()).element(0).isEqualTo("" + row);
        assertThat(second.next()).element(0).isEqualTo("" + (1_000_000 + row));
      }
      assertThat(first.next()).isNull();
      assertThat(second.next()).isNull();
    }
  }

  @Test
  void what_is_broken_at_its_first_rows_says_how() throws Exception {
    Path file = written("broken.parquet", 0);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 100, bytes.length / 2, (byte) 0xA5);
    Files.write(file, bytes);
    assertThatThrownBy(() -> ParquetRows.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.parquet");
  }
}
