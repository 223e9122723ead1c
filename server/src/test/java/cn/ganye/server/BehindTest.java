package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Behind a figure are as many people, or jobs, as it says. */
class BehindTest {
  private static final String PEOPLE = "/api/v1/analysis/people";
  private static final String ENTERPRISES = "/api/v1/analysis/enterprises";
  private static final int MONTH = 202310;

  /** Everybody behind a figure: those shown, and how many are not. */
  private record Everybody(List<JsonNode> shown, int unseen) {}

  private static Everybody behind(Visitor visitor, String question) throws Exception {
    List<JsonNode> shown = new ArrayList<>();
    int unseen = 0;
    Integer next = 0;
    while (next != null) {
      Answer answer =
          visitor.post(
              PEOPLE,
              "{" + question.replace('\'', '"') + ",\"reason\":\"核对这一数字\",\"after\":" + next + "}");
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      JsonNode page = answer.json();
      page.path("people").forEach(shown::add);
      unseen += page.path("unseen").asInt();
      next = page.path("next").isNumber() ? page.path("next").asInt() : null;
    }
    return new Everybody(shown, unseen);
  }

  private static long figure(Visitor visitor, String asked, int month) throws Exception {
    JsonNode figures = visitor.get("/api/v1/analysis/figures?measure=" + asked).json();
    for (int at = 0; at < figures.path("months").size(); at++) {
      if (figures.path("months").path(at).asInt() == month) {
        return figures.path("total").path("part").path(at).asLong();
      }
    }
    throw new AssertionError("no month " + month);
  }

  @ParameterizedTest
  @CsvSource({
    "employed, work, ",
    "employed, insured, ",
    "unemployed, residence, ",
    "unemployed, hukou, rural-labour",
    "employed, residence, graduate",
    "employment-rate, residence, ",
    "flexible, insured, ",
    "residents, residence, hard-to-employ",
    "residents, hukou, veteran",
    "away, hukou, ",
    "registered-unemployed, register, ",
    "new-urban-employment, register, ",
    "no-work-households, residence, "
  })
  void a_figure_of_people(String measure, String by, String group) throws Exception {
    Visitor province = TestApp.running().signedIn("province");
    long counted =
        figure(
            province,
            measure + "&regionBy=" + by + (group == null ? "" : "&group=" + group),
            MONTH);
    Everybody listed =
        behind(
            province,
            "'measure':'"
                + measure
                + "','regionBy':'"
                + by
                + "','month':"
                + MONTH
                + (group == null ? "" : ",'group':'" + group + "'"));
    assertThat(counted).isPositive();
    assertThat(listed.shown().size() + listed.unseen()).isEqualTo(counted);
    Set<String> refs = new HashSet<>();
    for (JsonNode person : listed.shown()) {
      assertThat(refs.add(person.path("ref").asString())).isTrue();
      assertThat(person.path("name").asString()).contains("*");
    }
  }

  @Test
  void a_cell_of_a_key_group() throws Exception {
    Visitor xinfeng = TestApp.running().signedIn("xinfeng");
    JsonNode table =
        xinfeng
            .get(
                "/api/v1/analysis/crosstab?dimensions=status,sex&group=rural-labour&month=" + MONTH)
            .json();
    for (JsonNode cell : table.path("cells")) {
      Everybody listed =
          behind(
              xinfeng,
              "'cell':'status:%s,sex:%s','group':'rural-labour','month':%d"
                  .formatted(
                      cell.path("codes").path(0).asString(),
                      cell.path("codes").path(1).asString(),
                      MONTH));
      assertThat(listed.shown().size() + listed.unseen()).isEqualTo(cell.path("people").asInt());
    }
  }

  /** Of those who lost work in a month, whoever is unemployed now; of all, who came from where. */
  @ParameterizedTest
  @CsvSource({"lost-work, 202305", "took-work, 202305", "all, 202304"})
  void a_transition(String cohort, int was) throws Exception {
    Visitor province = TestApp.running().signedIn("province");
    JsonNode transitions =
        province
            .get("/api/v1/analysis/transitions?from=" + was + "&to=" + MONTH + "&cohort=" + cohort)
            .json()
            .path("transitions");
    Map<String, String> cells =
        Map.of(
            "EMPLOYED", "status:EMPLOYED",
            "UNEMPLOYED", "status:UNEMPLOYED",
            "OUTSIDE_LABOUR_FORCE", "status:OUTSIDE_LABOUR_FORCE",
            "UNKNOWN", "basis:unknown",
            "NOT_COVERED", "basis:not-covered");
    int before = cohort.equals("all") ? was : was - 1;
    int compared = 0;
    for (JsonNode transition : transitions) {
      String to = cells.get(transition.path("to").asString());
      if (to != null && transition.path("people").asInt() < 400) {
        Everybody listed =
            behind(
                province,
                "'cell':'%s','month':%d,'was':'%s','wasMonth':%d%s"
                    .formatted(
                        to,
                        MONTH,
                        cells.get(transition.path("from").asString()),
                        before,
                        cohort.equals("all")
                            ? ""
                            : ",'cohort':'" + cohort + "','cohortMonth':" + was));
        assertThat(listed.shown().size() + listed.unseen())
            .as(transition.toString())
            .isEqualTo(transition.path("people").asInt());
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "`measure`:`hires`, measure, /api/v1/analysis/enterprises",
    "`measure`:`emploied`, measure, 是否指 employed",
    "`measure`:`away`;`regionBy`:`residence`, regionBy, 没有 residence",
    "`measure`:`away`;`cell`:`sex:2`, cell, 没有按这些维度",
    "`measure`:`away`;`group`:`veteran`, group, 没有按重点群体",
    "`measure`:`away`;`cohort`:`lost-work`, cohort, 不能按另一月",
    "`cohort`:`lost-work`;`regionBy`:`work`, regionBy, 只能看常住",
    "`was`:`status:EMPLOYED`;`wasMonth`:190001, wasMonth, 应在",
    "`group`:`veterans`, group, 是否指 veteran"
  })
  void what_has_no_people_behind_it_is_refused(String asked, String field, String what)
      throws Exception {
    Answer answer =
        TestApp.running()
            .signedIn("xinfeng")
            .post(
                PEOPLE,
                "{" + asked.replace('`', '"').replace(';', ',') + ",\"reason\":\"核对这一数字\"}");
    assertThat(answer.status()).isEqualTo(400);
    JsonNode fault = answer.json().path("faults").path(0);
    assertThat(fault.path("field").asString()).isEqualTo(field);
    assertThat(fault.path("what").asString()).contains(what);
  }

  private static Map<String, Long> summed(Visitor visitor, String order, String more)
      throws Exception {
    Map<String, Long> sums = new HashMap<>();
    Integer next = 0;
    while (next != null) {
      JsonNode page =
          visitor
              .get(ENTERPRISES + "?order=" + order + "&month=" + MONTH + more + "&after=" + next)
              .json();
      for (JsonNode line : page.path("enterprises")) {
        sums.merge("lines", 1L, Long::sum);
        sums.merge("hires", line.path("hires").asLong(), Long::sum);
        sums.merge("separations", line.path("separations").asLong(), Long::sum);
        sums.merge("jobs", line.path("headcount").asLong(), Long::sum);
      }
      sums.put("total", page.path("total").asLong());
      sums.put("sum", page.path("sum").asLong());
      next = page.path("next").isNumber() ? page.path("next").asInt() : null;
    }
    return sums;
  }

  @Test
  void enterprises_have_the_jobs_of_the_figure() throws Exception {
    Visitor province = TestApp.running().signedIn("province");
    for (String region : List.of("36", "3607")) {
      for (String order : List.of("hires", "separations")) {
        Map<String, Long> found = summed(province, order, "&region=" + region);
        assertThat(found.get("lines")).isEqualTo(found.get("total")).isPositive();
        assertThat(found.get(order))
            .isEqualTo(found.get("sum"))
            .isEqualTo(figure(province, order + "&region=" + region, MONTH));
      }
      assertThat(summed(province, "jobs", "&region=" + region).get("jobs")).isPositive();
    }
    Map<String, Long> manufacturing = summed(province, "hires", "&industry=C");
    assertThat(manufacturing.get("hires")).isEqualTo(figure(province, "hires&industry=C", MONTH));
  }

  @Test
  void enterprises_stay_within_the_region_and_are_for_staff() throws Exception {
    TestApp app = TestApp.running();
    Visitor xinfeng = app.signedIn("xinfeng");
    xinfeng
        .get(ENTERPRISES + "?order=hires")
        .json()
        .path("enterprises")
        .forEach(line -> assertThat(line.path("region").asString()).isEqualTo("360722"));
    assertThat(xinfeng.get(ENTERPRISES + "?region=360121").status()).isEqualTo(404);
    assertThat(xinfeng.get(ENTERPRISES + "?order=hired").json().toString()).contains("hires");
    assertThat(app.signedIn("analyst").get(ENTERPRISES).status()).isEqualTo(403);
  }
}
