package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.Pool;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Cross-tabs: exact for staff in scope, with noise for others, refused where not understood. */
class CrossTabTest {
  private static final String TAB = "/api/v1/analysis/crosstab?dimensions=";

  private static Map<String, Long> cells(JsonNode table) {
    Map<String, Long> cells = new TreeMap<>();
    table
        .path("cells")
        .forEach(c -> cells.put(c.path("codes").toString(), c.path("people").asLong()));
    return cells;
  }

  @Test
  void staff_get_what_the_marts_say() throws Exception {
    TestApp app = TestApp.running();
    JsonNode table =
        app.signedIn("xinfeng").get(TAB + "status,sex&filters=age_group:25%7C30,sex:1%7C2").json();
    assertThat(table.path("perturbed").asBoolean()).isFalse();
    assertThat(table.path("region").asString()).isEqualTo("360722");
    Map<String, Long> expected = new TreeMap<>();
    try (QuerySession session = Pool.at(app.pool).query()) {
      for (List<?> row :
          session.rows(
              "SELECT status, sex, SUM(people) FROM stock WHERE region_by = 'residence' AND region = '360722'"
                  + " AND age_group IN (25, 30) AND sex IN ('1', '2') AND month = "
                  + table.path("month").asInt()
                  + " GROUP BY status, sex")) {
        expected.put(
            "[\"" + row.get(0) + "\",\"" + row.get(1) + "\"]", ((Number) row.get(2)).longValue());
      }
    }
    assertThat(cells(table)).isNotEmpty().isEqualTo(expected);
    assertThat(table.path("total").asLong())
        .isEqualTo(expected.values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void others_get_noise_that_is_the_same_however_it_is_asked_for() throws Exception {
    TestApp app = TestApp.running();
    Visitor analyst = app.signedIn("analyst");
    String asked = TAB + "region,status,age_group";
    JsonNode table = analyst.get(asked).json();
    assertThat(table.path("perturbed").asBoolean()).isTrue();
    Map<String, Long> exact = cells(app.signedIn("province").get(asked).json());
    Map<String, Long> shown = cells(table);
    assertThat(shown.keySet()).isEqualTo(exact.keySet());
    long different = 0;
    for (Map.Entry<String, Long> cell : shown.entrySet()) {
      long people = exact.get(cell.getKey());
      assertThat(cell.getValue()).isNotIn(1L, 2L).isBetween(people - 5, people + 5);
      different += cell.getValue() == people ? 0 : 1;
      if (people == 0) {
        assertThat(cell.getValue()).isZero();
      }
    }
    assertThat(different).isGreaterThan(shown.size() / 4);
    assertThat(cells(analyst.get(asked).json())).isEqualTo(shown);

    Map<String, Long> women = cells(analyst.get(TAB + "status&filters=sex:2").json());
    Map<String, Long> both = cells(analyst.get(TAB + "status,sex").json());
    women.forEach(
        (status, people) -> assertThat(both.get(status.replace("]", ",\"2\"]"))).isEqualTo(people));
  }

  @Test
  void a_township_gets_noise_too_since_its_people_are_fewer_than_its_countys() throws Exception {
    JsonNode table = TestApp.running().signedIn("jiading").get(TAB + "status").json();
    assertThat(table.path("perturbed").asBoolean()).isTrue();
    assertThat(table.path("region").asString()).isEqualTo("360722");
  }

  @Test
  void a_table_by_months_is_the_tables_of_the_months() throws Exception {
    Visitor xinfeng = TestApp.running().signedIn("xinfeng");
    Map<String, Long> months =
        cells(xinfeng.get(TAB + "month,status&since=202306&month=202308").json());
    assertThat(months.keySet()).anyMatch(cell -> cell.contains("202306"));
    for (int month = 202306; month <= 202308; month++) {
      for (Map.Entry<String, Long> cell :
          cells(xinfeng.get(TAB + "status&month=" + month).json()).entrySet()) {
        String status = cell.getKey().substring(1);
        assertThat(months.get("[\"" + month + "\"," + status)).isEqualTo(cell.getValue());
      }
    }
  }

  @Test
  void a_workbook_holds_the_same_cells() throws Exception {
    Visitor xinfeng = TestApp.running().signedIn("xinfeng");
    String asked = "status,sex&filters=age_group:25%7C30";
    Map<String, Long> cells = cells(xinfeng.get(TAB + asked).json());
    byte[] file = xinfeng.bytes("/api/v1/analysis/crosstab/workbook?dimensions=" + asked);
    Map<String, Long> read = new TreeMap<>();
    try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(file))) {
      var sheet = book.getSheet("数字");
      assertThat(sheet.getRow(0).getCell(1).getStringCellValue()).isEqualTo("状态");
      for (int i = 1; i <= sheet.getLastRowNum(); i++) {
        var row = sheet.getRow(i);
        read.put(
            "[\""
                + row.getCell(0).getStringCellValue()
                + "\",\""
                + row.getCell(2).getStringCellValue()
                + "\"]",
            (long) row.getCell(4).getNumericCellValue());
      }
    }
    assertThat(read).isEqualTo(cells);
  }

  private static JsonNode behind(Visitor visitor, String cell, String more) throws Exception {
    return visitor
        .post("/api/v1/analysis/people", "{\"cell\":\"" + cell + "\"" + more + "}")
        .json();
  }

  /** As many people as the cell counts, by each place and dimension; and the auditor knows. */
  @ParameterizedTest
  @CsvSource({
    "residence, 'status,sex', 'status:UNEMPLOYED,sex:2'",
    "residence, 'status,age_group', 'status:EMPLOYED,age_group:45'",
    "work, 'industry,status', 'industry:C,status:EMPLOYED'",
    "hukou, 'basis,sex', 'basis:flexible,sex:1'",
    "residence, 'education,status', 'education:20,status:EMPLOYED'"
  })
  void behind_a_cell_are_as_many_people_as_it_counts(String by, String dimensions, String cell)
      throws Exception {
    TestApp app = TestApp.running();
    Visitor xinfeng = app.signedIn("xinfeng");
    String[] codes = cell.split("[:,]");
    Long people =
        cells(xinfeng.get(TAB + dimensions + "&regionBy=" + by).json())
            .get("[\"" + codes[1] + "\",\"" + codes[3] + "\"]");
    int found = 0;
    Integer next = 0;
    while (next != null) {
      JsonNode page =
          behind(
              xinfeng, cell, ",\"regionBy\":\"" + by + "\",\"reason\":\"核对这一格\",\"after\":" + next);
      found += page.path("people").size();
      page.path("people")
          .forEach(
              p -> {
                assertThat(p.path("name").asString()).contains("*");
                assertThat(
                        List.of(
                            p.path("hukou").asString(),
                            p.path("residence").asString(),
                            p.path("work").asString()))
                    .anyMatch(place -> place.startsWith("360722"));
              });
      next = page.path("next").isNumber() ? page.path("next").asInt() : null;
    }
    assertThat((long) found).isEqualTo(people == null ? 0 : people);
    assertThat(app.signedIn("auditor").get("/api/v1/audit").body())
        .contains("people-listed", "核对这一格");
  }

  @Test
  void people_behind_a_cell_need_a_reason_a_region_and_a_role() throws Exception {
    TestApp app = TestApp.running();
    String path = "/api/v1/analysis/people";
    String asked = "{\"cell\":\"status:UNEMPLOYED\"";
    Visitor xinfeng = app.signedIn("xinfeng");
    assertThat(xinfeng.post(path, asked + "}").status()).isEqualTo(400);
    assertThat(xinfeng.post(path, asked + ",\"reason\":\"核对\"}").status()).isEqualTo(400);
    assertThat(xinfeng.post(path, asked + ",\"reason\":\"核对这一格\",\"region\":\"360121\"}").status())
        .isEqualTo(404);
    assertThat(xinfeng.post(path, "{\"cell\":\"colour:red\",\"reason\":\"核对这一格\"}").status())
        .isEqualTo(400);
    assertThat(
            xinfeng.post(path, asked + ",\"reason\":\"核对这一格\",\"regionBy\":\"register\"}").status())
        .isEqualTo(400);
    Visitor analyst = app.signedIn("analyst");
    analyst.get("/api/v1/me");
    assertThat(analyst.post(path, asked + ",\"reason\":\"核对这一格\"}").status()).isEqualTo(403);
    // A village sees of its county's cell those who have a place in the village.
    int county = behind(xinfeng, "status:EMPLOYED", ",\"reason\":\"核对这一格\"").path("people").size();
    JsonNode village = behind(app.signedIn("shuidong"), "status:EMPLOYED", ",\"reason\":\"核对这一格\"");
    assertThat(village.path("people").size()).isLessThan(county);
  }

  @Test
  void key_groups_are_counted_from_their_own_mart() throws Exception {
    Visitor province = TestApp.running().signedIn("province");
    JsonNode table = province.get(TAB + "status&group=rural-labour&regionBy=hukou").json();
    assertThat(table.path("total").asLong()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "colour, dimensions, 没有 colour",
    "'status,sex,age_group,basis', dimensions, 最多 3",
    "status&filters=sex:male, filters, 没有 male",
    "status&filters=sex, filters, 写作",
    "industry&regionBy=hukou, regionBy, 只能看常住",
    "basis&group=graduate, group, 没有按依据",
    "status&group=graduates, group, 是否指 graduate",
    "status&month=190001, month, 应在",
    "'status,month', since, 起始月",
    "status&since=202301, since, 按月份列出",
    "'status,month&since=202312&month=202306', since, 应不晚于",
    "status&region=360799, region, 没有这个区划代码"
  })
  void what_is_not_understood_is_refused_with_a_suggestion(String asked, String field, String what)
      throws Exception {
    Answer answer = TestApp.running().signedIn("province").get(TAB + asked.replace("|", "%7C"));
    assertThat(answer.status()).isEqualTo(400);
    JsonNode fault = answer.json().path("faults").path(0);
    assertThat(fault.path("field").asString()).isEqualTo(field);
    assertThat(fault.path("what").asString()).contains(what);
  }

  @Test
  void nobody_counts_outside_their_own_region() throws Exception {
    Visitor xinfeng = TestApp.running().signedIn("xinfeng");
    assertThat(xinfeng.get(TAB + "status&region=36").status()).isEqualTo(404);
    assertThat(xinfeng.get(TAB + "status&region=360121").status()).isEqualTo(404);
    JsonNode regions = xinfeng.get(TAB + "region").json();
    assertThat(cells(regions).keySet()).containsExactly("[\"360722\"]");
  }
}
