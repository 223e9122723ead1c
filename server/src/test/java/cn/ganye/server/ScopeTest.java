package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.PersonRegister;
import cn.ganye.pool.Pool;
import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import cn.ganye.server.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A clerk gets the people with one of their four places in the clerk's region, and no others. */
class ScopeTest {
  private static final List<PersonRegister.Entry> PEOPLE = new ArrayList<>();
  private static TestApp app;
  private static Visitor xinfeng;
  private static PersonRegister.Entry ours;
  private static PersonRegister.Entry foreign;

  @BeforeAll
  static void everybody() throws Exception {
    app = TestApp.running();
    xinfeng = app.signedIn("xinfeng");
    PersonRegister.read(app.pool, Pool.at(app.pool).current(), PEOPLE::add);
    ours = PEOPLE.stream().filter(p -> within(p, "360722")).findFirst().orElseThrow();
    foreign = PEOPLE.stream().filter(p -> !within(p, "3607")).findFirst().orElseThrow();
  }

  private static boolean within(PersonRegister.Entry person, String region) {
    return List.of(person.hukou(), person.residence(), person.insured(), person.work()).stream()
        .anyMatch(place -> place.startsWith(region));
  }

  @Test
  void searching_finds_everybody_of_the_county_and_nobody_else() throws Exception {
    String surname = ours.name().substring(0, 1);
    Set<String> expected = new TreeSet<>();
    PEOPLE.stream()
        .filter(p -> p.name().startsWith(surname) && within(p, "360722"))
        .forEach(p -> expected.add(p.ref().toString()));
    Set<String> found = new TreeSet<>();
    String after = "";
    do {
      JsonNode page = xinfeng.get("/api/v1/people?query=" + encoded(surname) + after).json();
      page.path("people")
          .forEach(
              p -> {
                boolean begins = p.path("name").asString().startsWith(surname);
                if (begins) {
                  found.add(p.path("ref").asString());
                } else {
                  assertThat(within(of(p.path("ref").asString()), "360722")).isTrue();
                }
              });
      after = page.path("next").isNull() ? "" : "&after=" + page.path("next").asInt();
    } while (!after.isEmpty());
    assertThat(expected).isNotEmpty();
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void townships_and_villages_find_their_own_people_only() throws Exception {
    PersonRegister.Entry villager =
        PEOPLE.stream()
            .filter(p -> p.residence().length() == 12 && within(p, "360722"))
            .findFirst()
            .orElseThrow();
    for (int digits : new int[] {9, 12}) {
      String place = villager.residence().substring(0, digits);
      Visitor visitor = app.signedInWithin(digits == 9 ? Role.TOWNSHIP : Role.VILLAGE, place);
      Set<String> expected = new TreeSet<>();
      PEOPLE.stream()
          .filter(p -> p.name().startsWith(villager.name().substring(0, 1)) && within(p, place))
          .limit(20)
          .forEach(p -> expected.add(p.ref().toString()));
      Set<String> found = new TreeSet<>();
      visitor
          .get("/api/v1/people?query=" + encoded(villager.name().substring(0, 1)))
          .json()
          .path("people")
          .forEach(p -> found.add(p.path("ref").asString()));
      assertThat(found).contains(villager.ref().toString()).containsAll(expected);
      found.forEach(ref -> assertThat(within(of(ref), place)).isTrue());
      PersonRegister.Entry neighbour =
          PEOPLE.stream()
              .filter(p -> within(p, "360722") && !within(p, place))
              .findFirst()
              .orElseThrow();
      assertThat(visitor.get("/api/v1/people/" + neighbour.ref()).status()).isEqualTo(404);
      JsonNode overview = visitor.get("/api/v1/overview").json();
      assertThat(overview.path("region").asString()).isEqualTo("360722");
      assertThat(visitor.get("/api/v1/overview?region=3607").status()).isEqualTo(404);
    }
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static PersonRegister.Entry of(String ref) {
    return PEOPLE.stream().filter(p -> p.ref().toString().equals(ref)).findFirst().orElseThrow();
  }

  @Test
  void a_person_of_the_county_is_shown_masked_and_revealed_for_a_reason() throws Exception {
    Answer file = xinfeng.get("/api/v1/people/" + ours.ref());
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.body()).doesNotContain(ours.number()).doesNotContain(ours.name());
    assertThat(xinfeng.post("/api/v1/people/" + ours.ref() + "/reveal", "{}").status())
        .isEqualTo(400);
    Answer revealed =
        xinfeng.post("/api/v1/people/" + ours.ref() + "/reveal", "{\"reason\":\"办理失业登记\"}");
    assertThat(revealed.json().path("number").asString()).isEqualTo(ours.number());
    assertThat(revealed.json().path("name").asString()).isEqualTo(ours.name());
    JsonNode entry =
        app.signedIn("auditor")
            .get("/api/v1/audit?action=person-revealed")
            .json()
            .path("entries")
            .path(0);
    assertThat(entry.path("username").asString()).isEqualTo("xinfeng");
    assertThat(entry.path("subject").asString()).isEqualTo(ours.ref().toString());
    assertThat(entry.path("reason").asString()).isEqualTo("办理失业登记");
  }

  @Test
  void a_person_of_another_city_does_not_exist_until_they_stand_at_the_window() throws Exception {
    String path = "/api/v1/people/" + foreign.ref();
    Answer refused = xinfeng.get(path);
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.body())
        .isEqualTo(
            xinfeng
                .get("/api/v1/people/00000000-0000-8000-8000-000000000000")
                .body()
                .replace("00000000-0000-8000-8000-000000000000", foreign.ref().toString()));
    assertThat(xinfeng.post(path + "/reveal", "{\"reason\":\"没有理由的\"}").status()).isEqualTo(404);
    JsonNode searched = xinfeng.get("/api/v1/people?query=" + foreign.number()).json();
    assertThat(searched.path("people").size()).isZero();
    assertThat(searched.path("outOfScope").asBoolean()).isTrue();

    Answer looked =
        xinfeng.post(
            "/api/v1/people/window-lookup",
            "{\"number\":\"" + foreign.number() + "\",\"reason\":\"本人到窗口办理\"}");
    assertThat(looked.status()).isEqualTo(200);
    assertThat(xinfeng.get(path).status()).isEqualTo(200);
    assertThat(app.signedIn("nanchang").get(path).status())
        .isEqualTo(within(foreign, "360121") ? 200 : 404);
    assertThat(
            app.signedIn("auditor")
                .get("/api/v1/audit?action=window-lookup")
                .json()
                .path("entries")
                .path(0)
                .path("subject")
                .asString())
        .isEqualTo(foreign.ref().toString());
  }

  @Test
  void each_fact_leads_to_the_records_that_say_so() throws Exception {
    JsonNode file = xinfeng.get("/api/v1/people/" + ours.ref()).json();
    String dataset = file.path("facts").path(0).path("dataset").asString();
    JsonNode records =
        xinfeng.get("/api/v1/people/" + ours.ref() + "/sources?dataset=" + dataset).json();
    assertThat(records.size()).isPositive();
    assertThat(records.path(0).path("file").asString()).isNotEmpty();
    assertThat(records.path(0).path("knownFrom").asInt()).isGreaterThan(20_000_000);
    assertThat(records.toString()).doesNotContain(ours.number());
    assertThat(xinfeng.get("/api/v1/people/" + ours.ref() + "/sources?dataset=..%2Fvault").status())
        .isEqualTo(400);
  }

  @Test
  void a_number_that_is_none_is_told_so_without_being_quoted() throws Exception {
    Answer answer =
        xinfeng.post(
            "/api/v1/people/window-lookup",
            "{\"number\":\"360722199001011234\",\"reason\":\"本人到窗口办理\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("360722199001011234");
  }

  @Test
  void figures_and_enterprises_stop_at_the_county() throws Exception {
    assertThat(xinfeng.get("/api/v1/overview?region=36").status()).isEqualTo(404);
    assertThat(xinfeng.get("/api/v1/overview?region=360121").status()).isEqualTo(404);
    JsonNode overview = xinfeng.get("/api/v1/overview").json();
    overview
        .path("regions")
        .forEach(r -> assertThat(r.path("region").asString()).isEqualTo("360722"));
    JsonNode employers = xinfeng.get("/api/v1/employers").json().path("employers");
    assertThat(employers.size()).isPositive();
    employers.forEach(e -> assertThat(e.path("region").asString()).isEqualTo("360722"));
    String elsewhere =
        app.signedIn("nanchang")
            .get("/api/v1/employers")
            .json()
            .path("employers")
            .path(0)
            .path("ref")
            .asString();
    assertThat(xinfeng.get("/api/v1/employers/" + elsewhere).status()).isEqualTo(404);
  }

  @Test
  void names_are_found_by_surname_reading_initials_and_characters_within() throws Exception {
    Visitor province = app.signedIn("province");
    PersonRegister.Entry zeng =
        PEOPLE.stream().filter(p -> p.name().startsWith("曾")).findFirst().orElseThrow();
    String given = zeng.name().substring(1);
    for (String query : List.of(zeng.name(), given, "zeng")) {
      JsonNode found =
          province
              .get(
                  "/api/v1/people?birthYear="
                      + zeng.birthMonth() / 100
                      + "&query="
                      + encoded(query))
              .json()
              .path("people");
      List<String> refs = new ArrayList<>();
      found.forEach(p -> refs.add(p.path("ref").asString()));
      assertThat(refs).as(query).contains(zeng.ref().toString());
    }
    JsonNode common = province.get("/api/v1/people?query=ceng").json().path("people");
    common.forEach(p -> assertThat(of(p.path("ref").asString()).name()).doesNotStartWith("曾"));
  }
}
