package cn.ganye.pool.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object a line, in UTF-8. The header is made of the names in the first of them; a name that
 * comes later stands after the last cell with its value, so that the record is refused and not cut.
 */
final class JsonLines implements Rows {
  private static final int FIRST = 200;
  private static final JsonMapper JSON = new JsonMapper();

  private final BufferedReader lines;
  private final Deque<String> first = new ArrayDeque<>();
  private final Set<String> names = new LinkedHashSet<>();
  private boolean headed;

  JsonLines(InputStream in) throws IOException {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      first.add(line);
      JsonNode object = object(line);
      if (object != null) {
        names.addAll(object.propertyNames());
      }
      if (first.size() == FIRST) {
        break;
      }
    }
  }

  @Override
  public @Nullable List<String> next() throws IOException {
    if (!headed) {
      headed = true;
      return names.isEmpty() ? null : List.copyOf(names);
    }
    String line = first.isEmpty() ? lines.readLine() : first.poll();
    if (line == null) {
      return null;
    }
    JsonNode object = object(line);
    if (object == null) {
      return List.of(line);
    }
    List<String> cells = new ArrayList<>();
    names.forEach(name -> cells.add(text(object.get(name))));
    object
        .properties()
        .forEach(
            property -> {
              if (!names.contains(property.getKey())) {
                cells.add(property.getKey() + "=" + text(property.getValue()));
              }
            });
    return cells;
  }

  private static @Nullable JsonNode object(String line) {
    try {
      JsonNode read = JSON.readTree(line);
      return read.isObject() ? read : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String text(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return "";
    }
    return value.isNumber()
        ? value.decimalValue().toPlainString()
        : value.isValueNode() ? value.asString() : value.toString();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
