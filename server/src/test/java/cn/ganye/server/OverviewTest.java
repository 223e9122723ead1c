package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the overview says at one look must not mislead. */
class OverviewTest {
  @Test
  void an_office_that_has_not_reported_is_told_and_looks_like_no_fall() throws Exception {
    JsonNode overview = TestApp.running().signedIn("province").get("/api/v1/overview").json();
    Set<String> late =
        overview
            .path("missing")
            .valueStream()
            .filter(m -> m.path("dataset").asString().equals("contribution"))
            .map(m -> m.path("region").asString().substring(0, 4))
            .collect(Collectors.toSet());
    assertThat(late).hasSize(1);
    Set<String> open =
        overview
            .path("regions")
            .valueStream()
            .filter(region -> region.path("region").asString().startsWith("36"))
            .filter(region -> !region.path("covered").asBoolean())
            .map(region -> region.path("region").asString())
            .collect(Collectors.toSet());
    assertThat(open).isEqualTo(late);
    JsonNode months = overview.path("months");
    assertThat(months.path(months.size() - 1).path("covered").asBoolean()).isFalse();
    assertThat(months.path(months.size() - 2).path("covered").asBoolean()).isTrue();
  }
}
