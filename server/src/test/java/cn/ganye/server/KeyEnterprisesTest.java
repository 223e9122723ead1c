package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import cn.ganye.server.access.Role;
import cn.ganye.server.marts.EmployerRecord;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.storage.Scope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Key enterprises: named by an office for itself, seen above and below, with what they employ. */
class KeyEnterprisesTest {
  private static final String EMPLOYERS = "/api/v1/employers";

  private static List<JsonNode> largest(Visitor visitor, int most) throws Exception {
    return visitor
        .get(EMPLOYERS + "?query=")
        .json()
        .path("employers")
        .valueStream()
        .limit(most)
        .toList();
  }

  private static Map<String, JsonNode> keys(Visitor visitor, String asked) throws Exception {
    Answer answer = visitor.get(EMPLOYERS + "/key" + asked);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer
        .json()
        .path("enterprises")
        .valueStream()
        .collect(Collectors.toMap(e -> e.path("ref").asString(), e -> e));
  }

  private static Answer name(Visitor visitor, String ref, String kind, String officer)
      throws Exception {
    return visitor.post(
        EMPLOYERS + "/" + ref + "/key",
        "{\"kind\":\"" + kind + "\",\"officer\":\"" + officer + "\"}");
  }

  @Test
  void an_office_names_those_of_its_region_and_the_offices_above_and_below_see_it()
      throws Exception {
    TestApp app = TestApp.running();
    Visitor county = app.signedInWithin(Role.COUNTY, "360781");
    Visitor city = app.signedIn("ganzhou");
    Visitor elsewhere = app.signedIn("nanchang");
    String ref = largest(county, 1).getFirst().path("ref").asString();

    Answer named = name(county, ref, "chain", "张三");
    assertThat(named.status()).as(named.body()).isEqualTo(200);
    assertThat(said(named.json(), "360781")).containsExactly("chain 张三");
    assertThat(keys(county, "")).containsKey(ref);
    assertThat(keys(app.signedInWithin(Role.VILLAGE, "360781100200"), "")).containsKey(ref);
    assertThat(said(keys(city, "?region=360781").get(ref).path("namings"), "360781"))
        .containsExactly("chain 张三");
    assertThat(said(city.get(EMPLOYERS + "/" + ref).json().path("namings"), "360781"))
        .containsExactly("chain 张三");
    assertThat(keys(elsewhere, "")).doesNotContainKey(ref);

    assertThat(said(name(county, ref, "jobs", "李四").json(), "360781")).containsExactly("jobs 李四");
    assertThat(said(name(city, ref, "other", "").json(), "3607")).containsExactly("other ");
    String remove = EMPLOYERS + "/" + ref + "/key/remove";
    assertThat(said(city.post(remove, "{}").json(), "3607")).isEmpty();
    assertThat(city.post(remove, "{}").status()).isEqualTo(404);
    assertThat(said(keys(county, "").get(ref).path("namings"), "360781"))
        .containsExactly("jobs 李四");
  }

  private static List<String> said(JsonNode namings, String region) {
    return namings
        .valueStream()
        .filter(n -> n.path("region").asString().equals(region))
        .map(n -> n.path("kind").asString() + " " + n.path("officer").asString())
        .toList();
  }

  @Test
  void nobody_names_or_removes_what_is_not_theirs() throws Exception {
    TestApp app = TestApp.running();
    Visitor county = app.signedInWithin(Role.COUNTY, "360724");
    Visitor other = app.signedInWithin(Role.COUNTY, "361102");
    List<JsonNode> theirs = largest(county, 20);
    List<String> others = largest(other, 20).stream().map(e -> e.path("ref").asString()).toList();
    String ref =
        theirs.stream()
            .map(e -> e.path("ref").asString())
            .filter(r -> !others.contains(r))
            .filter(r -> notThere(other, r))
            .findFirst()
            .orElseThrow();
    assertThat(name(other, ref, "chain", "").status()).isEqualTo(404);
    assertThat(name(county, ref, "chain", "").status()).isEqualTo(200);
    assertThat(other.post(EMPLOYERS + "/" + ref + "/key/remove", "{}").status()).isEqualTo(404);
    assertThat(keys(other, "")).doesNotContainKey(ref);
    assertThat(other.get(EMPLOYERS + "/key?region=360724").status()).isEqualTo(404);
    assertThat(keys(county, "")).containsKey(ref);
    Visitor township = app.signedInWithin(Role.TOWNSHIP, "360724100");
    assertThat(name(township, ref, "chain", "").code()).isEqualTo("not-allowed");
  }

  private static boolean notThere(Visitor visitor, String ref) {
    try {
      return visitor.get(EMPLOYERS + "/" + ref).status() == 404;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_list_is_taken_line_by_line_and_what_is_left_out_is_told() throws Exception {
    TestApp app = TestApp.running();
    Visitor city = app.signedIn("ganzhou");
    List<JsonNode> found = largest(city, 2);
    String first = found.get(0).path("number").asString();
    String second = found.get(1).path("number").asString();
    String text =
        first
            + "\\t王五\\n\\n"
            + second
            + "，赵六\\n91360000000000000X\\n"
            + first
            + "\\n"
            + second
            + " x";
    Answer taken = city.post(EMPLOYERS + "/key", "{\"kind\":\"jobs\",\"text\":\"" + text + "\"}");
    assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    assertThat(taken.json().path("named").asInt()).isEqualTo(2);
    assertThat(taken.json().path("leftOut").valueStream().map(l -> l.path("line").asInt()))
        .containsExactly(4, 5, 6);
    assertThat(
            keys(city, "").values().stream()
                .flatMap(e -> e.path("namings").valueStream())
                .filter(n -> n.path("region").asString().equals("3607"))
                .map(n -> n.path("officer").asString()))
        .containsExactlyInAnyOrder("王五", "赵六");
    Answer wrong = city.post(EMPLOYERS + "/key", "{\"kind\":\"best\",\"text\":\" \"}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().path("faults").size()).isEqualTo(2);
    Answer many =
        city.post(
            EMPLOYERS + "/key", "{\"kind\":\"jobs\",\"text\":\"" + "x\\n".repeat(501) + "\"}");
    assertThat(many.status()).isEqualTo(400);
  }

  @Test
  void headcounts_are_those_of_the_mart_and_unknown_where_a_file_is_missing() throws Exception {
    TestApp app = TestApp.running();
    Visitor province = app.signedIn("province");
    StringBuilder text = new StringBuilder();
    for (int after = 0; after < 400; after += 20) {
      province
          .get(EMPLOYERS + "?query=&after=" + after)
          .json()
          .path("employers")
          .forEach(found -> text.append(found.path("number").asString()).append("\\n"));
    }
    Answer taken =
        province.post(EMPLOYERS + "/key", "{\"kind\":\"jobs\",\"text\":\"" + text + "\"}");
    assertThat(taken.json().path("leftOut").size()).as(taken.body()).isZero();
    int unknown = 0;
    int known = 0;
    Marts marts = app.app.context().getBean(Marts.class);
    for (int month : months(province)) {
      for (JsonNode key : keys(province, "?month=" + month).values()) {
        UUID ref = UUID.fromString(key.path("ref").asString());
        List<EmployerRecord.Month> worked =
            marts.employer(new Scope("", "", "36"), ref).orElseThrow().months().stream()
                .filter(m -> m.month() == month)
                .toList();
        if (worked.stream().anyMatch(m -> m.headcount() == null)) {
          unknown++;
          assertThat(key.path("headcount").isNull()).as("%s", key).isTrue();
        } else if (!worked.isEmpty()) {
          known++;
          assertThat(key.path("headcount").asLong())
              .isEqualTo(
                  worked.stream().mapToLong(m -> Objects.requireNonNull(m.headcount())).sum());
        }
      }
    }
    assertThat(known).isGreaterThan(200);
    assertThat(unknown).isPositive();
  }

  private static List<Integer> months(Visitor visitor) throws Exception {
    return visitor
        .get("/api/v1/analysis/figures?measure=employed")
        .json()
        .path("months")
        .valueStream()
        .map(JsonNode::asInt)
        .toList();
  }
}
