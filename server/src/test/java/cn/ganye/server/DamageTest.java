package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.Pool;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Manifest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A damaged file of the pool is told as what it is, not as a fault of the app. */
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

  @Test
  void a_damaged_file_of_the_lake_is_told_where_its_records_are_asked_for() throws Exception {
    TestApp app = TestApp.running();
    TestApp.Visitor visitor = app.signedIn("xinfeng");
    String person =
        "/api/v1/people/"
            + visitor
                .get("/api/v1/people?query=" + URLEncoder.encode("王", StandardCharsets.UTF_8))
                .json()
                .path("people")
                .path(0)
                .path("ref")
                .asString();
    String dataset = visitor.get(person).json().path("facts").path(0).path("dataset").asString();
    String sources = person + "/sources?dataset=" + dataset;
    assertThat(visitor.get(sources).json().size()).isPositive();
    Map<Path, byte[]> published = new HashMap<>();
    for (Load load : Pool.at(app.pool).current().loads()) {
      String lake = load.lake();
      if (load.dataset().equals(dataset) && lake != null) {
        Path file = app.pool.resolve(lake);
        published.put(file, Files.readAllBytes(file));
      }
    }
    try {
      for (Path file : published.keySet()) {
        Files.write(file, new byte[0]);
      }
      TestApp.Answer answer = visitor.get(sources);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("snapshot-unreadable");
      assertThat(answer.body()).doesNotContain(app.pool.toString());
    } finally {
      for (Map.Entry<Path, byte[]> file : published.entrySet()) {
        Files.write(file.getKey(), file.getValue());
      }
    }
    assertThat(visitor.get(sources).status()).isEqualTo(200);
  }
}
