package cn.ganye.pool.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksTest {
  /** A file may grow between the look at its size and its being read, or shrink. */
  @ParameterizedTest
  @ValueSource(longs = {0, 100, 700_000, 1 << 20, 3_000_000, 10_000_000, Long.MAX_VALUE / 2})
  void blocks_end_where_records_end_however_many_bytes_were_expected(long expected)
      throws Exception {
    StringBuilder text = new StringBuilder();
    for (int line = 0; text.length() < 3_000_000; line++) {
      text.append(line % 7 == 0 ? "长".repeat(line * 40) : "1,2").append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    try (Blocks blocks = new Blocks(new ByteArrayInputStream(bytes), (byte) ',', expected)) {
      for (Block block = blocks.next(); block != null; block = blocks.next()) {
        assertThat(block.oversize()).isNull();
        assertThat(block.bytes()[block.length() - 1]).isEqualTo((byte) '\n');
        passed.write(block.bytes(), 0, block.length());
      }
    }
    assertThat(passed.toByteArray()).isEqualTo(bytes);
  }
}
