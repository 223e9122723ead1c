package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.Pool;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Measures by region and month: what the map shows is what the marts say. */
class FiguresTest {
  private static final String FIGURES = "/api/v1/analysis/figures?measure=";
  private static final String STATUS =
      "SELECT region, month, SUM(people) FROM stock WHERE region LIKE '36%%' AND region_by = '%s' AND %s GROUP BY region, month";

  private static List<List<Object>> query(TestApp app, String sql) throws Exception {
    try (QuerySession session = Pool.at(app.pool).query()) {
      List<List<Object>> rows = new ArrayList<>();
      session.rows(sql).forEach(row -> rows.add(new ArrayList<>(row)));
      return rows;
    }
  }

  /** Region and month → a part of the answer; only where one is told. */
  private static Map<String, Double> told(JsonNode figures, String which) {
    Map<String, Double> told = new TreeMap<>();
    figures
        .path("areas")
        .forEach(
            area -> {
              for (int i = 0; i < figures.path("months").size(); i++) {
                JsonNode value = area.path(which).path(i);
                if (!value.isNull() && !value.isMissingNode()) {
                  told.put(
                      area.path("region").asString() + figures.path("months").path(i).asInt(),
                      value.asDouble());
                }
              }
            });
    return told;
  }

  private static Map<String, Double> expected(TestApp app, String sql) throws Exception {
    Map<String, Double> expected = new TreeMap<>();
    for (List<Object> row : query(app, sql)) {
      if (row.get(2) != null) {
        expected.put(row.get(0).toString() + row.get(1), ((Number) row.get(2)).doubleValue());
      }
    }
    return expected;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "residents | residence | TRUE",
        "working-age | hukou | age_group BETWEEN 16 AND 55",
        "employed&regionBy=work | work | status = 'EMPLOYED'",
        "employed&regionBy=work&industry=C | work | status = 'EMPLOYED' AND industry = 'C'",
        "unemployed&regionBy=insured | insured | status = 'UNEMPLOYED'",
        "flexible | residence | status = 'EMPLOYED' AND basis = 'flexible'",
        "unknown-share | residence | status = 'UNKNOWN'"
      })
  void people_are_those_of_the_stock(String asked, String by, String where) throws Exception {
    TestApp app = TestApp.running();
    String whole = asked.contains("regionBy") ? asked : asked + "&regionBy=" + by;
    JsonNode figures = app.signedIn("province").get(FIGURES + whole).json();
    assertThat(figures.path("perturbed").asBoolean()).isFalse();
    Map<String, Double> told = told(figures, "part");
    Map<String, Double> expected = expected(app, STATUS.formatted(by, where));
    assertThat(told).isNotEmpty();
    told.forEach(
        (cell, people) -> assertThat(people).as(cell).isEqualTo(expected.getOrDefault(cell, 0.0)));
  }

  /**
   * Heads and seekers are those of their marts; the map shows the quarter in each of its months.
   */
  @Test
  void supply_and_demand_are_those_of_their_marts() throws Exception {
    TestApp app = TestApp.running();
    Visitor city = app.signedIn("ganzhou");
    JsonNode report = city.get("/api/v1/analysis/supply-demand?period=2023Q2").json();
    List<Object> real =
        query(
                app,
                "SELECT (SELECT SUM(heads) FROM vacancy_quarter WHERE period = '2023Q2' AND region LIKE '3607%'),"
                    + " (SELECT SUM(people) FROM seeker_quarter WHERE period = '2023Q2' AND region LIKE '3607%')")
            .getFirst();
    JsonNode quarter =
        report
            .path("quarters")
            .valueStream()
            .filter(q -> q.path("of").asString().equals("2023Q2"))
            .findFirst()
            .orElseThrow();
    long heads = ((Number) real.getFirst()).longValue();
    long seekers = ((Number) real.getLast()).longValue();
    assertThat(quarter.path("heads").asLong()).isEqualTo(heads).isPositive();
    assertThat(quarter.path("seekers").asLong()).isEqualTo(seekers).isPositive();
    assertThat(quarter.path("ratio").asDouble()).isEqualTo((double) heads / seekers);
    long parts =
        report.path("regions").valueStream().mapToLong(r -> r.path("heads").asLong()).sum();
    assertThat(parts).isEqualTo(heads);
    JsonNode map = city.get(FIGURES + "vacancy-ratio").json();
    for (int i = 0; i < map.path("months").size(); i++) {
      int month = map.path("months").path(i).asInt();
      if (month >= 202304 && month <= 202306) {
        assertThat(map.path("total").path("part").path(i).asLong()).isEqualTo(heads);
        assertThat(map.path("total").path("of").path(i).asLong()).isEqualTo(seekers);
      }
    }
    Answer wrong = city.get("/api/v1/analysis/supply-demand?period=2023Q9");
    assertThat(wrong.json().path("faults").path(0).path("what").asString()).contains("是否指 2023Q");
    assertThat(city.bytes("/api/v1/analysis/supply-demand/workbook")).startsWith('P', 'K');
    JsonNode noisy = app.signedIn("analyst").get("/api/v1/analysis/supply-demand").json();
    assertThat(noisy.path("perturbed").asBoolean()).isTrue();
  }

  @Test
  void a_table_as_it_is_shown_goes_out_as_a_spreadsheet() throws Exception {
    Visitor analyst = TestApp.running().signedIn("analyst");
    String path = "/api/v1/analysis/table/workbook";
    Answer made =
        analyst.post(
            path,
            "{\"title\":\"就业\",\"columns\":[\"区划\",\"人\"],\"rows\":[[\"信丰县\",12],[\"会昌县\",null]]}");
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    assertThat(made.body()).startsWith("PK");
    assertThat(analyst.post(path, "{}").code()).isEqualTo("invalid-request");
    assertThat(analyst.post(path, "{\"columns\":[\"a\"],\"rows\":[[1,2]]}").code())
        .isEqualTo("invalid-request");
    assertThat(analyst.post(path, "{\"columns\":1}").code()).isEqualTo("invalid-request");
  }

  /** A page or a link that was made over another snapshot is told where the one in force is. */
  @Test
  void a_snapshot_that_is_gone_is_a_problem_that_links_to_the_current_one() throws Exception {
    Visitor analyst = TestApp.running().signedIn("analyst");
    String id = analyst.get("/api/v1/snapshot").json().path("id").asString();
    String header = "Ganye-Snapshot";
    assertThat(analyst.get(FIGURES + "hires", header, id).status()).isEqualTo(200);
    assertThat(analyst.get(FIGURES + "hires", header, id.substring(0, 8)).status()).isEqualTo(200);
    for (String gone : List.of("0".repeat(64), "", "<script>")) {
      Answer answer = analyst.get(FIGURES + "hires", header, gone);
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.code()).isEqualTo("snapshot-replaced");
      assertThat(answer.json().path("link").asString()).isEqualTo("/api/v1/snapshot");
      assertThat(answer.json().path("next").asString()).contains(id.substring(0, 8));
      assertThat(answer.body()).doesNotContain("<script>");
    }
  }

  /** The late sender's counties have no status in the last month; all others have one. */
  @Test
  void a_file_that_has_not_come_is_missing_and_no_fall() throws Exception {
    TestApp app = TestApp.running();
    for (String by : List.of("residence", "work")) {
      JsonNode figures = app.signedIn("province").get(FIGURES + "employed&regionBy=" + by).json();
      int last = figures.path("months").size() - 1;
      List<String> missing =
          StreamSupport.stream(figures.path("areas").spliterator(), false)
              .filter(area -> area.path("part").path(last).isNull())
              .map(area -> area.path("region").asString())
              .toList();
      assertThat(missing).isNotEmpty().allMatch(region -> region.startsWith("3610"));
    }
  }

  @Test
  void jobs_bases_and_households_are_those_of_their_marts() throws Exception {
    TestApp app = TestApp.running();
    Visitor province = app.signedIn("province");
    assertThat(told(province.get(FIGURES + "hires").json(), "part"))
        .isNotEmpty()
        .isEqualTo(
            expected(
                app,
                "SELECT region, CAST(period AS INTEGER), CASE WHEN COUNT(*) = COUNT(a) THEN SUM(a) END FROM flow"
                    + " WHERE region LIKE '36%' GROUP BY region, period"));
    assertThat(told(province.get(FIGURES + "hire-rate").json(), "of"))
        .isEqualTo(
            expected(
                app,
                "SELECT region, CAST(period AS INTEGER), CASE WHEN COUNT(*) = COUNT(b + e) THEN SUM((b + e) / 2) END FROM flow"
                    + " WHERE region LIKE '36%' GROUP BY region, period"));
    assertThat(told(province.get(FIGURES + "no-work-households").json(), "part"))
        .isNotEmpty()
        .isEqualTo(
            expected(
                app,
                "SELECT region, month, SUM(suspected_zero_employment) FROM household_month WHERE region LIKE '36%' GROUP BY region, month"));
    assertThat(told(province.get(FIGURES + "base").json(), "of"))
        .isNotEmpty()
        .isEqualTo(
            expected(
                app,
                "SELECT region, month, SUM(headcount) FROM enterprise_month WHERE region LIKE '36%' GROUP BY region, month"));
    assertThat(told(province.get(FIGURES + "registered-unemployed").json(), "part"))
        .isNotEmpty()
        .isEqualTo(
            expected(
                app,
                "SELECT region, month, CASE WHEN COUNT(*) = COUNT(people) THEN SUM(people) END FROM registered_unemployment"
                    + " WHERE region LIKE '36%' AND calendar = 'calendar' AND measure = 'stock' GROUP BY region, month"));
  }

  @Test
  void counties_add_up_to_cities_and_to_the_whole() throws Exception {
    Visitor province = TestApp.running().signedIn("province");
    JsonNode counties = province.get(FIGURES + "residents").json();
    JsonNode cities = province.get(FIGURES + "residents&level=city").json();
    assertThat(cities.path("areas").size()).isEqualTo(11);
    for (JsonNode figures : List.of(counties, cities)) {
      for (int i = 0; i < figures.path("months").size(); i++) {
        int at = i;
        long sum =
            StreamSupport.stream(figures.path("areas").spliterator(), false)
                .mapToLong(area -> area.path("part").path(at).asLong())
                .sum();
        assertThat(figures.path("total").path("part").path(i).asLong()).isEqualTo(sum);
      }
    }
  }

  @Test
  void analysts_get_noise_on_people_and_nothing_of_few_jobs() throws Exception {
    TestApp app = TestApp.running();
    JsonNode shown = app.signedIn("analyst").get(FIGURES + "unemployed").json();
    JsonNode exact = app.signedIn("province").get(FIGURES + "unemployed").json();
    assertThat(shown.path("perturbed").asBoolean()).isTrue();
    Map<String, Double> noisy = told(shown, "part");
    Map<String, Double> plain = told(exact, "part");
    assertThat(noisy.keySet()).isEqualTo(plain.keySet());
    assertThat(noisy).isNotEqualTo(plain);
    noisy.forEach(
        (cell, people) ->
            assertThat(people)
                .isNotIn(1.0, 2.0)
                .isBetween(plain.get(cell) - 5, plain.get(cell) + 5));

    JsonNode jobs = app.signedIn("analyst").get(FIGURES + "hires").json();
    Map<String, Double> all = told(app.signedIn("province").get(FIGURES + "hires").json(), "part");
    told(jobs, "part").values().forEach(hires -> assertThat(hires).isNotIn(1.0, 5.0, 9.0));
    int withheld =
        StreamSupport.stream(jobs.path("areas").spliterator(), false)
            .mapToInt(area -> area.path("withheld").size())
            .sum();
    assertThat(withheld).isPositive().isEqualTo(all.size() - told(jobs, "part").size());
    assertThat(app.signedIn("analyst").get(FIGURES + "hires&industry=C").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "employment, measure, 是否指 employed",
    "employed&regionBy=home, regionBy, 没有 home",
    "employed&region=360799, region, 没有这个区划代码",
    "employed&industry=Z, industry, 没有 Z",
    "unemployed&industry=C, industry, 没有按行业",
    "employed&industry=C&regionBy=hukou, regionBy, 只能看常住",
    "hires&group=graduate, group, 没有按重点群体",
    "residents&group=graduates, group, 是否指 graduate",
    "residents&level=village, level, 没有 village"
  })
  void what_is_not_understood_is_refused_with_a_suggestion(String asked, String field, String what)
      throws Exception {
    Answer answer = TestApp.running().signedIn("province").get(FIGURES + asked);
    assertThat(answer.status()).isEqualTo(400);
    JsonNode fault = answer.json().path("faults").path(0);
    assertThat(fault.path("field").asString()).isEqualTo(field);
    assertThat(fault.path("what").asString()).contains(what);
  }

  @Test
  void nobody_sees_figures_movements_or_townships_outside_their_own_region() throws Exception {
    Visitor xinfeng = TestApp.running().signedIn("xinfeng");
    for (String region : List.of("36", "3607", "360121")) {
      assertThat(xinfeng.get(FIGURES + "employed&region=" + region).status()).isEqualTo(404);
      assertThat(xinfeng.get("/api/v1/analysis/movements?region=" + region).status())
          .isEqualTo(404);
      assertThat(xinfeng.get("/api/v1/analysis/townships?region=" + region).status())
          .isIn(400, 404);
    }
    JsonNode own = xinfeng.get(FIGURES + "employed").json();
    assertThat(own.path("total").path("region").asString()).isEqualTo("360722");
  }

  @Test
  void movements_are_those_of_the_mart_and_add_up() throws Exception {
    TestApp app = TestApp.running();
    JsonNode moved =
        app.signedIn("xinfeng").get("/api/v1/analysis/movements?kind=hukou-work&most=500").json();
    Map<String, Double> told = new TreeMap<>();
    moved
        .path("movements")
        .forEach(
            m ->
                told.put(
                    m.path("from").asString() + m.path("to").asString(),
                    m.path("people").asDouble()));
    assertThat(told).isNotEmpty();
    String place = "CASE WHEN %1$s LIKE '36%%' THEN %1$s ELSE SUBSTR(%1$s, 1, 2) END";
    Map<String, Double> expected =
        expected(
            app,
            "SELECT "
                + place.formatted("from_region")
                + ", "
                + place.formatted("to_region")
                + ", SUM(people) FROM od WHERE kind = 'hukou-work' AND month = "
                + moved.path("month").asInt()
                + " AND from_region <> to_region AND (from_region = '360722' OR to_region = '360722')"
                + " AND to_region NOT IN ('000000', '999999') AND from_region NOT IN ('000000', '999999')"
                + " GROUP BY 1, 2 HAVING SUM(people) > 0");
    assertThat(told).isEqualTo(expected);
    double sum = told.values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(moved.path("in").asDouble() + moved.path("out").asDouble()).isEqualTo(sum);
    assertThat(moved.path("left").asInt()).isZero();
  }

  @Test
  void townships_are_those_of_the_mart_and_add_up_to_the_county() throws Exception {
    TestApp app = TestApp.running();
    JsonNode found = app.signedIn("xinfeng").get("/api/v1/analysis/townships").json();
    long people =
        StreamSupport.stream(found.path("townships").spliterator(), false)
            .mapToLong(t -> t.path("people").asLong())
            .sum();
    Object county =
        query(
                app,
                "SELECT SUM(people) FROM stock WHERE region = '360722' AND region_by = 'residence' AND month = "
                    + found.path("month").asInt())
            .getFirst()
            .getFirst();
    assertThat(people).isEqualTo(((Number) county).longValue());
    assertThat(found.path("townships").size()).isGreaterThan(10);
    JsonNode noisy = app.signedIn("jiading").get("/api/v1/analysis/townships").json();
    assertThat(noisy.path("perturbed").asBoolean()).isTrue();
  }

  @Test
  void a_workbook_holds_the_same_numbers_as_the_answer() throws Exception {
    Visitor province = TestApp.running().signedIn("province");
    JsonNode figures = province.get(FIGURES + "unemployment-rate&level=city").json();
    byte[] file =
        province.bytes("/api/v1/analysis/figures/workbook?measure=unemployment-rate&level=city");
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(file))) {
      assertThat(book.getSheetAt(0).getRow(0).getCell(1).getStringCellValue()).isEqualTo("推断失业率");
      var parts = book.getSheet("分子");
      assertThat(parts.getRow(1).getCell(0).getStringCellValue()).isEqualTo("36");
      assertThat(parts.getLastRowNum()).isEqualTo(12);
      for (int row = 2; row <= parts.getLastRowNum(); row++) {
        JsonNode area = figures.path("areas").path(row - 2);
        assertThat(parts.getRow(row).getCell(0).getStringCellValue())
            .isEqualTo(area.path("region").asString());
        for (int i = 0; i < figures.path("months").size(); i++) {
          var cell = parts.getRow(row).getCell(i + 2);
          JsonNode value = area.path("part").path(i);
          if (value.isNull()) {
            assertThat(cell).isNull();
          } else {
            assertThat(cell.getNumericCellValue()).isEqualTo(value.asDouble());
          }
        }
      }
    }
  }

  @Test
  void outlines_centres_and_tags_are_there_for_the_map() throws Exception {
    Visitor xinfeng = TestApp.running().signedIn("xinfeng");
    JsonNode outlines = xinfeng.get("/api/v1/map/outlines").json();
    assertThat(outlines.path("features").size()).isEqualTo(112);
    assertThat(outlines.path("crs").path("properties").path("name").asString())
        .isEqualTo("EPSG:4490");
    JsonNode places = xinfeng.get("/api/v1/map/places").json();
    assertThat(places.path("centres").path("360722").size()).isEqualTo(2);
    assertThat(places.path("centres").path("44").size()).isEqualTo(2);
    assertThat(places.path("tags").path("old-revolutionary-area").size()).isPositive();
    assertThat(places.path("outlines").path("approval").isNull()).isTrue();
  }

  @Test
  void enterprises_are_counted_by_county_and_named_only_for_staff() throws Exception {
    TestApp app = TestApp.running();
    String path = "/api/v1/map/employers?month=202401";
    JsonNode layer = app.signedIn("ganzhou").get(path).json();
    Map<String, Double> told = new TreeMap<>();
    layer
        .path("counties")
        .forEach(
            c -> told.put(c.path("region").asString() + "n", c.path("enterprises").asDouble()));
    assertThat(told)
        .isNotEmpty()
        .isEqualTo(
            expected(
                app,
                "SELECT region, 'n', COUNT(CASE WHEN month = 202401 AND headcount > 0 THEN 1 END) FROM enterprise_month"
                    + " WHERE month IN (202401, 202301) AND region LIKE '3607%' GROUP BY region"));
    assertThat(layer.path("largest").size()).isPositive();
    assertThat(layer.path("largest").path(0).path("region").asString()).startsWith("3607");
    JsonNode analysts = app.signedIn("analyst").get(path).json();
    assertThat(analysts.path("largest").size()).isZero();
    JsonNode all = app.signedIn("province").get(path).json();
    List<String> enough =
        all.path("counties")
            .valueStream()
            .filter(
                c ->
                    c.path("enterprises").asInt() >= 3
                        && c.path("headcount").asLong(10) >= 10
                        && c.path("before").asLong(10) >= 10)
            .map(c -> c.path("region").asString())
            .toList();
    assertThat(enough).hasSizeLessThan(all.path("counties").size());
    assertThat(
            analysts.path("counties").valueStream().map(c -> c.path("region").asString()).toList())
        .isEqualTo(enough);
    assertThat(app.signedIn("analyst").get(path + "&industry=C").status()).isEqualTo(400);
    assertThat(app.signedIn("xinfeng").get(path + "&region=3607").status()).isEqualTo(404);
    assertThat(app.signedIn("province").get(path + "&region=99").status()).isEqualTo(400);
  }
}
