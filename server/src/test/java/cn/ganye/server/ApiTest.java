package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The published description of the API is the one that the pages were made for. */
class ApiTest {
  private static final Path KEPT = Path.of("../web/openapi.json");

  /** With {@code -Dopenapi=write} it writes the description instead of comparing it. */
  @Test
  void the_pages_were_made_for_this_api() throws Exception {
    JsonNode published = TestApp.running().visitor().get("/api/v1/openapi").json();
    if ("write".equals(System.getProperty("openapi"))) {
      JsonMapper pretty =
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
              .build();
      Map<?, ?> description = pretty.convertValue(published, Map.class);
      description.remove("servers");
      Files.writeString(KEPT, pretty.writeValueAsString(description) + "\n");
    }
    JsonNode kept = TestApp.JSON.readTree(KEPT.toFile());
    assertThat(published.path("paths")).isEqualTo(kept.path("paths"));
    assertThat(published.path("components")).isEqualTo(kept.path("components"));
  }
}
