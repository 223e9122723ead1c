package cn.ganye.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Statements that lie in files beside the class that runs them. */
public final class Sql {
  private Sql() {}

  /** The text of a file. */
  public static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name + " beside " + beside.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The text of a file with each {@code ${name}} replaced by a name or a list of names. */
  public static String filled(Class<?> beside, String name, Map<String, String> values) {
    String sql = resource(beside, name);
    for (Map.Entry<String, String> value : values.entrySet()) {
      sql = sql.replace("${" + value.getKey() + "}", value.getValue());
    }
    return sql;
  }
}
