package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.Pool;
import cn.ganye.pool.snapshot.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A damaged mart is told as what it is, not as a fault of the app. */
class DamageTest {
  private static final String TAB = "/api/v1/analysis/crosstab?dimensions=status,sex,age_group";

  @Test
  void a_damaged_mart_is_told_and_mended_by_its_bytes() throws Exception {
    TestApp app = TestApp.running();
    Manifest.MartFile last =
        Pool.at(app.pool).current().marts().stream()
            .filter(file -> file.mart().equals("stock"))
            .reduce((one, other) -> other)
            .orElseThrow();
    Path file = app.pool.resolve(last.file());
    byte[] published = Files.readAllBytes(file);
    TestApp.Visitor visitor = app.signedIn("province");
    try {
      Files.write(file, Arrays.copyOf(published, published.length / 2));
      TestApp.Answer answer = visitor.get(TAB);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("snapshot-unreadable");
      assertThat(answer.body()).doesNotContain(app.pool.toString());
    } finally {
      Files.write(file, published);
    }
    assertThat(visitor.get(TAB).status()).isEqualTo(200);
  }
}
