package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.Pool;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Where people stood and stand, and jobs that begin and end. */
class TransitionsTest {
  private static final String ASKED = "/api/v1/analysis/transitions?";

  private static Map<String, Long> told(JsonNode found) {
    Map<String, Long> told = new TreeMap<>();
    found
        .path("transitions")
        .forEach(
            x ->
                told.put(
                    x.path("from").asString() + ">" + x.path("to").asString(),
                    x.path("people").asLong()));
    return told;
  }

  private static Map<String, Long> expected(String sql) throws Exception {
    Map<String, Long> expected = new TreeMap<>();
    try (QuerySession session = Pool.at(TestApp.running().pool).query()) {
      for (List<?> row : session.rows(sql)) {
        expected.put(row.get(0) + ">" + row.get(1), ((Number) row.get(2)).longValue());
      }
    }
    return expected;
  }

  @Test
  void transitions_follow_each_person_from_one_month_to_the_other() throws Exception {
    JsonNode found =
        TestApp.running().signedIn("ganzhou").get(ASKED + "from=202306&to=202312").json();
    assertThat(told(found))
        .isNotEmpty()
        .isEqualTo(
            expected(
                "SELECT a.status, CASE WHEN b.status IS NULL THEN 'LEFT' WHEN b.basis = 'not-covered' THEN 'NOT_COVERED' ELSE b.status END, COUNT(*)"
                    + " FROM person_status a JOIN person_frame f ON f.person = a.person"
                    + " LEFT JOIN person_status b ON b.person = a.person AND b.from_month <= 202312 AND b.to_month >= 202312"
                    + " WHERE a.from_month <= 202306 AND a.to_month >= 202306 AND f.residence LIKE '3607%' GROUP BY 1, 2"));
    assertThat(found.path("total").asLong())
        .isEqualTo(told(found).values().stream().mapToLong(Long::longValue).sum());
  }

  /** Everybody who worked the month before and does not now, by what they did then. */
  @Test
  void who_lost_work_in_a_month_is_found_again_in_a_later_one() throws Exception {
    JsonNode found =
        TestApp.running()
            .signedIn("province")
            .get(ASKED + "from=202310&to=202401&cohort=lost-work&by=industry")
            .json();
    assertThat(told(found).keySet()).isNotEmpty().allMatch(pair -> pair.matches("[A-T?]>.*"));
    Map<String, Long> lost =
        expected(
            "SELECT 'lost', 'work', COUNT(*) FROM person_status a"
                + " JOIN person_status b ON b.person = a.person AND b.from_month <= 202310 AND b.to_month >= 202310"
                + " JOIN person_frame f ON f.person = a.person"
                + " WHERE a.from_month <= 202309 AND a.to_month >= 202309 AND a.status = 'EMPLOYED'"
                + " AND b.status <> 'EMPLOYED' AND b.basis <> 'not-covered' AND f.residence LIKE '36%'");
    assertThat(found.path("total").asLong()).isEqualTo(lost.get("lost>work"));
  }

  @Test
  void others_get_noise_and_nobody_sees_another_region() throws Exception {
    TestApp app = TestApp.running();
    Map<String, Long> exact = told(app.signedIn("province").get(ASKED).json());
    JsonNode noisy = app.signedIn("analyst").get(ASKED).json();
    assertThat(noisy.path("perturbed").asBoolean()).isTrue();
    told(noisy)
        .forEach(
            (pair, people) ->
                assertThat(people)
                    .isNotIn(1L, 2L)
                    .isBetween(exact.get(pair) - 5, exact.get(pair) + 5));
    Visitor xinfeng = app.signedIn("xinfeng");
    assertThat(xinfeng.get(ASKED + "region=3607").status()).isEqualTo(404);
    assertThat(xinfeng.get("/api/v1/analysis/jobflows?region=360121").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "by=sector, by",
    "cohort=lost-works, cohort",
    "from=202401&to=202312, from",
    "from=202301&cohort=lost-work, from",
    "to=209912, to"
  })
  void what_is_not_understood_is_refused(String asked, String field) throws Exception {
    Answer answer = TestApp.running().signedIn("province").get(ASKED + asked);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("faults").path(0).path("field").asString()).isEqualTo(field);
  }

  @Test
  void job_flows_are_those_of_the_marts_and_keep_their_identities() throws Exception {
    Visitor ganzhou = TestApp.running().signedIn("ganzhou");
    for (String every : List.of("month", "quarter")) {
      JsonNode flows = ganzhou.get("/api/v1/analysis/jobflows?every=" + every).json().path("flows");
      assertThat(flows.size()).isPositive();
      int whole = 0;
      for (JsonNode f : flows) {
        if (!f.path("separations").isNull() && !f.path("accessions").isNull()) {
          long net = f.path("end").asLong() - f.path("beginning").asLong();
          assertThat(f.path("accessions").asLong() - f.path("separations").asLong()).isEqualTo(net);
          assertThat(f.path("created").asLong() - f.path("destroyed").asLong()).isEqualTo(net);
          whole++;
        }
      }
      assertThat(whole).isPositive();
    }
    Map<String, Long> hires =
        expected(
            "SELECT period, 'C', SUM(a) FROM flow WHERE industry = 'C' AND region LIKE '3607%' GROUP BY period HAVING COUNT(*) = COUNT(a)");
    ganzhou
        .get("/api/v1/analysis/jobflows?industry=C")
        .json()
        .path("flows")
        .forEach(
            f -> {
              if (!f.path("accessions").isNull()) {
                assertThat(f.path("accessions").asLong())
                    .isEqualTo(hires.get(f.path("period").asString() + ">C"));
              }
            });
  }
}
