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
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A damaged file of the pool is told as what it is, not as a fault of the app. */
class DamageTest {
  private static final String TAB = "/api/v1/analysis/crosstab?dimensions=status,sex,age_group";

  private static TestApp app;

  @BeforeAll
  static void running() throws Exception {
    app = TestApp.running();
  }

  /** While a file is cut, or part of it overwritten, what reads it says so, but not its place. */
  private void assertTold(TestApp.Visitor visitor, String url, String damaged) throws Exception {
    Path file = app.pool.resolve(damaged);
    byte[] published = Files.readAllBytes(file);
    byte[] overwritten = published.clone();
    Arrays.fill(overwritten, 4, published.length / 2, (byte) 0xff);
    try {
      for (byte[] bytes : List.of(Arrays.copyOf(published, published.length / 2), overwritten)) {
        Files.write(file, bytes);
        TestApp.Answer answer = visitor.get(url);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("snapshot-unreadable");
        assertThat(answer.body()).doesNotContain(app.pool.toString());
      }
    } finally {
      Files.write(file, published);
    }
    assertThat(visitor.get(url).status()).isEqualTo(200);
  }

  @Test
  void a_damaged_mart_is_told_and_mended_by_its_bytes() throws Exception {
    Manifest.MartFile last =
        Pool.at(app.pool).current().marts().stream()
            .filter(file -> file.mart().equals("stock"))
            .reduce((one, other) -> other)
            .orElseThrow();
    assertTold(app.signedIn("province"), TAB, last.file());
  }

  @Test
  void a_damaged_file_of_the_lake_is_told_where_its_records_are_asked_for() throws Exception {
    TestApp.Visitor visitor = app.signedIn("xinfeng");
    String found = "/api/v1/people?query=" + URLEncoder.encode("王", StandardCharsets.UTF_8);
    String person =
        "/api/v1/people/" + visitor.get(found).json().path("people").path(0).path("ref").asString();
    String dataset = visitor.get(person).json().path("facts").path(0).path("dataset").asString();
    String sources = person + "/sources?dataset=" + dataset;
    assertThat(visitor.get(sources).json().size()).isPositive();
    String last =
        Pool.at(app.pool).current().loads().stream()
            .filter(load -> load.dataset().equals(dataset))
            .map(Load::lake)
            .filter(Objects::nonNull)
            .reduce((one, other) -> other)
            .orElseThrow();
    assertTold(visitor, sources, last);
  }
}
