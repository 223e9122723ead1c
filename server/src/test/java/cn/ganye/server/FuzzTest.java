package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Wrong types, unknown codes, other people's ids, SQL, script, paths and sheer length at every
 * endpoint.
 */
class FuzzTest {
  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "-1",
          "0",
          "999999999999999999999",
          "null",
          "true",
          "1e9",
          "NaN",
          "' OR '1'='1",
          "'; DROP TABLE stock; --",
          "\" UNION SELECT * FROM pool.person_file --",
          "<script>alert(1)</script>",
          "../../../etc/passwd",
          "..\\..\\windows",
          "%",
          "_",
          "\\",
          "%%%___\\",
          "\uFEFF\u200B\u202E",
          "𠮷野家",
          "\uD83D\uDE00",
          "零".repeat(30),
          "x".repeat(5_000),
          "36%",
          "3_",
          "000000",
          "999999");

  /** Whoever is not signed in is turned away before any value is looked at. */
  private static final int FEW = 4;

  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "\"x\"",
          "42",
          "{\"username\":{\"a\":1},\"password\":[]}",
          "{\"number\":12,\"reason\":false}",
          "{\"reason\":\"" + "长".repeat(10_000) + "\"}",
          "{\"disabled\":\"perhaps\"}",
          "{\"role\":\"ROOT\",\"region\":\"' OR 1=1\"}",
          "{\"x\":" + "[".repeat(3_000) + "]".repeat(3_000) + "}");

  @TestFactory
  Stream<DynamicTest> nothing_breaks_and_nothing_leaks() throws Exception {
    TestApp app = TestApp.running();
    Map<String, Visitor> visitors =
        Map.of(
            "province", app.signedIn("province"),
            "admin", app.signedIn("admin"),
            "auditor", app.signedIn("auditor"),
            "nobody", app.visitor());
    JsonNode paths = visitors.get("nobody").get("/api/v1/openapi").json().path("paths");
    List<DynamicTest> tests = new ArrayList<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb ->
                            visitors.forEach(
                                (who, visitor) -> {
                                  if (!path.getKey().endsWith("/session/end")
                                      && !path.getKey().endsWith("/intake/builds")
                                      && meets(who, path.getKey())) {
                                    tests.add(
                                        DynamicTest.dynamicTest(
                                            verb.getKey() + " " + path.getKey() + " as " + who,
                                            () ->
                                                attack(
                                                    visitor,
                                                    who.equals("nobody") ? FEW : WORDS.size(),
                                                    verb.getKey(),
                                                    path.getKey(),
                                                    verb.getValue())));
                                  }
                                })));
    assertThat(tests).hasSizeGreaterThan(40);
    return tests.stream();
  }

  /** Each endpoint is met by somebody who may use it, and by nobody. */
  private static boolean meets(String who, String path) {
    return switch (who) {
      case "auditor" -> path.contains("/audit");
      case "admin" -> path.contains("/intake") || path.contains("/accounts");
      case "province" -> !path.contains("/audit") && !path.contains("/accounts");
      default -> true;
    };
  }

  private static void attack(
      Visitor visitor, int words, String verb, String path, JsonNode endpoint) throws Exception {
    for (String word : WORDS.subList(0, words)) {
      String said = URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
      String filled = path.replaceAll("\\{[a-z]+}", said.isEmpty() ? "x" : said);
      if (verb.equals("get")) {
        safe(visitor.get(filled), word);
        for (JsonNode parameter : endpoint.path("parameters")) {
          if (parameter.path("in").asString().equals("query")) {
            String plain = path.replaceAll("\\{[a-z]+}", "1");
            safe(visitor.get(plain + "?" + parameter.path("name").asString() + "=" + said), word);
          }
        }
        safe(visitor.get(path.replaceAll("\\{[a-z]+}", "1") + "?" + said + "=1"), word);
      }
    }
    if (verb.equals("post")) {
      for (String body : BODIES) {
        String plain = path.replaceAll("\\{[a-z]+}", "00000000-0000-4000-8000-000000000000");
        safe(visitor.post(plain, body), body);
      }
    }
  }

  private static void safe(Answer answer, String attack) {
    assertThat(answer.status())
        .as("%s: %s", attack.length() > 60 ? attack.substring(0, 60) : attack, answer)
        .isLessThan(500);
    assertThat(answer.body())
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .doesNotContain("java.")
        .doesNotContain("org.springframework");
    if (answer.status() >= 400 && answer.body().startsWith("{")) {
      assertThat(answer.code()).as("a problem has a code: %s", answer).isNotEmpty();
    }
  }
}
