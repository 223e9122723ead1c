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

  /** Between places of work, and of those who have died or left since. */
  @Test
  void a_transition_between_places() throws Exception {
    Visitor province = TestApp.running().signedIn("province");
    JsonNode transitions =
        province
            .get("/api/v1/analysis/transitions?by=region&from=202304&to=" + MONTH)
            .json()
            .path("transitions");
    Set<String> compared = new HashSet<>();
    for (JsonNode transition : transitions) {
      String from = transition.path("from").asString();
      String to = transition.path("to").asString();
      if (!Character.isDigit(from.charAt(0)) || transition.path("people").asInt() > 400) {
        continue;
      }
      String now =
          switch (to) {
            case "LEFT" -> "'left':true";
            case "UNEMPLOYED", "OUTSIDE_LABOUR_FORCE" -> "'cell':'status:" + to + "'";
            case "UNKNOWN" -> "'cell':'basis:unknown'";
            case "NOT_COVERED" -> "'cell':'basis:not-covered'";
            default -> "'work':'" + to + "'";
          };
      Everybody listed =
          behind(
              province,
              now
                  + ",'month':%d,'was':'status:EMPLOYED','wasWork':'%s','wasMonth':202304"
                      .formatted(MONTH, from));
      assertThat(listed.shown().size() + listed.unseen())
          .as(transition.toString())
          .isEqualTo(transition.path("people").asInt());
      compared.add(Character.isDigit(to.charAt(0)) ? "place" : to);
    }
    assertThat(compared).contains("place", "LEFT", "UNKNOWN");
  }

  /** Behind supply and demand: seekers of a county's quarter, and who recruits for how many. */
  @Test
  void supply_and_demand() throws Exception {
    Visitor province = TestApp.running().signedIn("province");
    JsonNode report =
        province.get("/api/v1/analysis/supply-demand?region=3607&period=2023Q4").json();
    int seekers = 0;
    for (JsonNode county : report.path("regions")) {
      for (String group : List.of("", ",'group':'graduate'")) {
        JsonNode said = county.path(group.isEmpty() ? "seekers" : "graduates");
        if (!said.isNull()) {
          Everybody listed =
              behind(
                  province,
                  "'measure':'vacancy-ratio','region':'%s','month':202311%s"
                      .formatted(county.path("of").asString(), group));
          assertThat(listed.shown().size() + listed.unseen())
              .as(county.toString())
              .isEqualTo(said.asInt());
          seekers += said.asInt();
        }
      }
    }
    assertThat(seekers).isPositive();
    JsonNode quarter =
        province
            .get("/api/v1/analysis/supply-demand?period=2023Q4")
            .json()
            .path("quarters")
            .path(3);
    assertThat(quarter.path("of").asString()).isEqualTo("2023Q4");
    for (String order : List.of("heads", "postings", "unstated")) {
      Map<String, Long> found = summed(province, order, "&region=36");
      assertThat(found.getOrDefault("sum", 0L)).as(order).isEqualTo(quarter.path(order).asLong());
      assertThat(found.getOrDefault(order, 0L)).isEqualTo(found.get("sum"));
      assertThat(found.getOrDefault("lines", 0L)).isEqualTo(found.get("total"));
    }
  }

  @Test
  void enterprises_have_the_jobs_of_a_quarter() throws Exception {
    Visitor province = TestApp.running().signedIn("province");
    int compared = 0;
    for (String region : List.of("3601", "3604", "3607", "360722")) {
      JsonNode flows =
          province.get("/api/v1/analysis/jobflows?every=quarter&region=" + region).json();
      for (JsonNode flow : flows.path("flows")) {
        String period = flow.path("period").asString();
        int month = Integer.parseInt(period.substring(0, 4)) * 100 + (period.charAt(5) - '0') * 3;
        for (Map.Entry<String, String> order :
            Map.of("jobs", "all", "hires", "accessions", "separations", "separations").entrySet()) {
          JsonNode said = flow.path(order.getValue());
          if (said.isNumber()) {
            Map<String, Long> found =
                summed(
                    province,
                    order.getKey(),
                    "&every=quarter&month=" + month + "&region=" + region);
            assertThat(found.get("sum"))
                .as(region + " " + period + " " + order.getKey())
                .isEqualTo(said.asLong());
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(10);
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
    "`work`:`36%`, work, 前 2、4 或 6 位",
    "`measure`:`away`;`work`:`36`, work, 没有按就业地",
    "`left`:true, was, 从哪里",
    "`measure`:`vacancies`, measure, 数的不是人",
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
              .get(
                  ENTERPRISES
                      + "?order="
                      + order
                      + (more.contains("&month=") ? "" : "&month=" + MONTH)
                      + more
                      + "&after="
                      + next)
              .json();
      for (JsonNode line : page.path("enterprises")) {
        sums.merge("lines", 1L, Long::sum);
        sums.merge("hires", line.path("hires").asLong(), Long::sum);
        sums.merge("separations", line.path("separations").asLong(), Long::sum);
        sums.merge("jobs", line.path("headcount").asLong(), Long::sum);
        for (String wanted : List.of("heads", "postings", "unstated")) {
          sums.merge(wanted, line.path(wanted).asLong(), Long::sum);
        }
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
    assertThat(xinfeng.get(ENTERPRISES + "?order=heads&every=month").status()).isEqualTo(400);
    assertThat(app.signedIn("analyst").get(ENTERPRISES).status()).isEqualTo(403);
  }
}
