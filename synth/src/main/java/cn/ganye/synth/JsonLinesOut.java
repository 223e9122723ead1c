package cn.ganye.synth;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object a line, as a system exports a table: all names in each, a title under the first.
 */
final class JsonLinesOut extends CellsOut {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Writer out;
  private final List<List<Object>> titles = new ArrayList<>();
  private List<String> names = List.of();

  JsonLinesOut(Path file) throws IOException {
    this.out = Files.newBufferedWriter(file);
  }

  @Override
  void names(List<String> names) throws IOException {
    this.names = names;
    for (List<Object> title : titles) {
      row(title);
    }
  }

  @Override
  void row(List<Object> cells) throws IOException {
    if (names.isEmpty()) {
      titles.add(List.copyOf(cells));
      return;
    }
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      object.put(names.get(i), value(cells.get(i)));
    }
    out.write(JSON.writeValueAsString(object));
    out.write('\n');
  }

  private static Object value(Object cell) {
    return switch (cell) {
      case Yuan yuan -> BigDecimal.valueOf(yuan.fen(), 2);
      case LocalDate day -> day.toString();
      default -> cell;
    };
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
