package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.Dictionary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DictionaryTest {
  private static final Path DOCS = Path.of("../docs");

  @Test
  void the_pages_in_docs_are_those_of_the_documents() throws Exception {
    Map<String, String> pages = Dictionary.of(null).pages();
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(DOCS.resolve(page.getKey()))
          .as("./ganye pool dictionary writes it")
          .hasContent(page.getValue());
    }
    try (Stream<Path> files = Files.list(DOCS.resolve("datasets"))) {
      assertThat(files.map(file -> "datasets/" + file.getFileName())).isSubsetOf(pages.keySet());
    }
  }
}
