package cn.ganye.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.Pool;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Marts as files: jobs whose files can be read back, each account's own. */
class ExportTest {
  private static final String EXPORTS = "/api/v1/exports";

  private static JsonNode ask(Visitor who, String mart) throws Exception {
    Answer answer = who.post(EXPORTS, "{\"mart\":\"" + mart + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("exports").path(0);
  }

  /** Waits until it has ended. */
  private static JsonNode ended(Visitor who, String id) throws Exception {
    for (int i = 0; i < 300; i++) {
      for (JsonNode export : who.get(EXPORTS).json().path("exports")) {
        if (export.path("id").asString().equals(id) && !export.path("endedAt").isNull()) {
          return export;
        }
      }
      Thread.sleep(200);
    }
    throw new AssertionError("the export did not end");
  }

  private static List<String[]> rows(byte[] file) throws Exception {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("说明.txt");
      assertThat(new String(zip.readAllBytes(), UTF_8)).contains("全部数据为合成", "people\t");
      assertThat(zip.getNextEntry().getName()).endsWith(".csv");
      return Arrays.stream(new String(zip.readAllBytes(), UTF_8).split("\r\n"))
          .map(line -> line.split(",", -1))
          .toList();
    }
  }

  @Test
  void a_whole_mart_can_be_read_back_and_is_ones_own() throws Exception {
    TestApp app = TestApp.running();
    Visitor city = app.signedIn("ganzhou");
    JsonNode asked = ask(city, "stock");
    assertThat(ask(city, "stock").path("id")).isEqualTo(asked.path("id"));
    String id = asked.path("id").asString();
    JsonNode done = ended(city, id);
    assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("done");
    List<String[]> rows = rows(city.bytes(EXPORTS + "/" + id + "/file"));
    List<String> head = List.of(rows.getFirst());
    assertThat(head).contains("people").doesNotContain("cell_key");
    int people = head.indexOf("people");
    int region = head.indexOf("region");
    assertThat(rows.subList(1, rows.size())).allMatch(row -> row[region].startsWith("3607"));
    long sum = rows.stream().skip(1).mapToLong(row -> Long.parseLong(row[people])).sum();
    try (QuerySession session = Pool.at(app.pool).query()) {
      var whole =
          session
              .rows("SELECT SUM(people), COUNT(*) FROM stock WHERE region LIKE '3607%'")
              .iterator()
              .next();
      assertThat(sum).isEqualTo(((Number) whole.getFirst()).longValue());
      assertThat(done.path("rows").asLong()).isEqualTo(((Number) whole.getLast()).longValue());
    }
    assertThat(app.signedIn("province").get(EXPORTS + "/" + id + "/file").status()).isEqualTo(404);
    assertThat(app.signedIn("province").post(EXPORTS + "/" + id + "/cancel", "{}").status())
        .isEqualTo(404);
  }

  @Test
  void an_analyst_gets_noise_and_no_mart_without_keys() throws Exception {
    TestApp app = TestApp.running();
    Visitor analyst = app.signedIn("analyst");
    assertThat(analyst.post(EXPORTS, "{\"mart\":\"household_month\"}").code())
        .isEqualTo("invalid-request");
    assertThat(
            analyst
                .post(EXPORTS, "{\"mart\":\"stok\",\"firstMonth\":190001}")
                .json()
                .path("faults")
                .size())
        .isEqualTo(2);
    String id = ask(analyst, "registered_unemployment").path("id").asString();
    assertThat(ended(analyst, id).path("state").asString()).isEqualTo("done");
    List<String[]> rows = rows(analyst.bytes(EXPORTS + "/" + id + "/file"));
    int people = List.of(rows.getFirst()).indexOf("people");
    assertThat(rows.subList(1, rows.size()))
        .isNotEmpty()
        .noneMatch(row -> row[people].equals("1") || row[people].equals("2"));
  }
}
