package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.Pool;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import tools.jackson.databind.JsonNode;

/** The month's close: frozen, explained, locked; its brief on paper. */
class CloseTest {
  private static final String CLOSES = "/api/v1/closes";
  private static int month;
  private static TestApp app;

  @BeforeAll
  static void start() throws Exception {
    app = TestApp.running();
    month = app.signedIn("province").get("/api/v1/overview").json().path("month").asInt();
    month -= month % 100 == 1 ? 89 : 1;
  }

  private static JsonNode freeze(Visitor who) throws Exception {
    Answer answer = who.post(CLOSES, "{\"month\":" + month + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static JsonNode line(JsonNode closed, String measure) {
    return closed
        .path("lines")
        .valueStream()
        .filter(l -> l.path("measure").asString().equals(measure))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void figures_are_those_of_the_marts_and_their_changes_are_explained_before_it_is_locked()
      throws Exception {
    Visitor city = app.signedIn("ganzhou");
    JsonNode closed = freeze(city);
    try (QuerySession session = Pool.at(app.pool).query()) {
      String sum =
          "SELECT SUM(people) FROM stock WHERE region LIKE '3607%' AND region_by = 'residence' AND status = 'EMPLOYED' AND month = ";
      long employed = ((Number) session.rows(sum + month).iterator().next().getFirst()).longValue();
      assertThat(line(closed, "employed").path("now").asLong()).isEqualTo(employed);
    }
    List<String> open =
        closed
            .path("lines")
            .valueStream()
            .filter(l -> l.path("toExplain").asBoolean())
            .map(l -> l.path("measure").asString())
            .toList();
    assertThat(open).isNotEmpty();
    String of = CLOSES + "/3607/" + month;
    Answer early = city.post(of + "/lock", "{}");
    assertThat(early.code()).isEqualTo("changes-not-explained");
    assertThat(early.json().path("faults").size()).isEqualTo(open.size());
    for (String measure : open) {
      Answer said =
          city.post(
              of + "/explanations", "{\"measure\":\"" + measure + "\",\"text\":\"企业订单变化，已核实\"}");
      assertThat(said.status()).as(said.body()).isEqualTo(200);
    }
    assertThat(city.post(of + "/lock", "{}").json().path("state").asString()).isEqualTo("locked");
    assertThat(city.post(of + "/lock", "{}").code()).isEqualTo("month-locked");
    assertThat(city.post(CLOSES, "{\"month\":" + month + "}").code()).isEqualTo("month-locked");
    assertThat(
            city.post(of + "/explanations", "{\"measure\":\"employed\",\"text\":\"改一下\"}").code())
        .isEqualTo("month-locked");
    JsonNode revisions = city.get(of + "/revisions").json();
    assertThat(revisions.path("figures").size() + revisions.path("cells").size()).isZero();
    briefSaysIt(city, of, closed);
  }

  /** The page is one page; every way to print it can be read back and says the same numbers. */
  private static void briefSaysIt(Visitor who, String of, JsonNode closed) throws Exception {
    String employed = "%,d".formatted(line(closed, "employed").path("now").asLong());
    try (PdfReader pdf = new PdfReader(who.bytes(of + "/brief.pdf"))) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      String text = new PdfTextExtractor(pdf).getTextFromPage(1);
      assertThat(text).contains("赣州市就业形势简报", employed, "合成演示数据", "企业订单变化");
    }
    try (XWPFDocument document =
        new XWPFDocument(new ByteArrayInputStream(who.bytes(of + "/brief.docx")))) {
      assertThat(document.getTables().getFirst().getText()).contains(employed);
      assertThat(document.getCharts()).hasSize(2);
    }
    try (XSSFWorkbook book =
        new XSSFWorkbook(new ByteArrayInputStream(who.bytes(of + "/brief.xlsx")))) {
      assertThat(book.getSheet("指标").getRow(1).getCell(2).getNumericCellValue())
          .isEqualTo(line(closed, "employed").path("now").asDouble());
      assertThat(book.getSheet("逐月").createDrawingPatriarch().getCharts()).hasSize(2);
    }
  }

  @Test
  void an_analyst_sees_what_is_locked_with_small_figures_and_complements_withheld()
      throws Exception {
    Visitor province = app.signedIn("province");
    JsonNode exact = freeze(province);
    Visitor analyst = app.signedIn("analyst");
    String of = CLOSES + "/36/" + month;
    assertThat(analyst.get(of).status()).isEqualTo(404);
    for (JsonNode line : exact.path("lines")) {
      province.post(
          of + "/explanations",
          "{\"measure\":\"" + line.path("measure").asString() + "\",\"text\":\"已核实\"}");
    }
    assertThat(province.post(of + "/lock", "{}").status()).isEqualTo(200);
    JsonNode shown = analyst.get(of).json();
    assertThat(shown.path("exact").asBoolean()).isFalse();
    int gaps = 0;
    for (JsonNode line : shown.path("lines")) {
      JsonNode whole = line(exact, line.path("measure").asString());
      boolean count = !List.of("%", "倍").contains(line.path("unit").asString());
      long withheld =
          line.path("areas").valueStream().filter(a -> a.path("withheld").asBoolean()).count();
      if (count && !line.path("now").isNull()) {
        assertThat(withheld).as(line.path("title").asString()).isNotEqualTo(1);
      }
      for (int i = 0; i < line.path("areas").size(); i++) {
        double real = whole.path("areas").path(i).path("now").asDouble(0);
        boolean told = line.path("areas").path(i).path("now").isNumber();
        if (count && told) {
          assertThat(real)
              .satisfiesAnyOf(
                  r -> assertThat(r).isZero(), r -> assertThat(r).isGreaterThanOrEqualTo(10));
        }
        gaps += told ? 0 : 1;
      }
    }
    assertThat(gaps).isPositive();
    assertThat(analyst.get(of + "/revisions").code()).isEqualTo("not-allowed");
    assertThat(analyst.bytes(of + "/brief.pdf")).startsWith('%', 'P', 'D', 'F');
  }

  @Test
  void another_regions_month_is_not_there_and_nobody_writes_for_another() throws Exception {
    freeze(app.signedIn("xinfeng"));
    String of = CLOSES + "/360722/" + month;
    Visitor city = app.signedIn("ganzhou");
    assertThat(city.get(of).status()).isEqualTo(200);
    assertThat(city.post(of + "/lock", "{}").code()).isEqualTo("not-allowed");
    assertThat(app.signedIn("nanchang").get(of).status()).isEqualTo(404);
    assertThat(app.signedIn("xinfeng").get(CLOSES + "/3607/" + month).status()).isEqualTo(404);
    assertThat(city.post(CLOSES, "{\"month\":199901}").json().path("faults").size()).isEqualTo(1);
  }

  @Test
  void views_are_kept_and_shared_with_ones_office_alone() throws Exception {
    Visitor city = app.signedIn("ganzhou");
    String saving = "{\"title\":\"%s\",\"path\":\"%s\",\"shared\":%s}";
    assertThat(
            city.post("/api/v1/reports", saving.formatted("信丰制造业", "/map?region=360722", true))
                .json()
                .size())
        .isPositive();
    assertThat(
            city.post("/api/v1/reports", saving.formatted("", "https://a.example", false))
                .json()
                .path("faults")
                .size())
        .isEqualTo(2);
    assertThat(app.signedIn("xinfeng").get("/api/v1/reports").body()).doesNotContain("信丰制造业");
    assertThat(
            app.signedInWithin(cn.ganye.server.access.Role.CITY, "3607")
                .get("/api/v1/reports")
                .body())
        .contains("信丰制造业");
    String id = city.get("/api/v1/reports").json().path(0).path("id").asString();
    assertThat(
            app.signedInWithin(cn.ganye.server.access.Role.CITY, "3607")
                .post("/api/v1/reports/" + id + "/remove", "{}")
                .status())
        .isEqualTo(404);
    assertThat(city.post("/api/v1/reports/" + id + "/remove", "{}").status()).isEqualTo(200);
  }
}
