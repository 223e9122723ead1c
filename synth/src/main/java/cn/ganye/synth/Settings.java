package cn.ganye.synth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares and hazards of the synthetic province, from {@code settings.csv}, where each has its
 * grade.
 */
final class Settings {
  private final Map<String, Double> values = new HashMap<>();

  Settings() {
    for (String[] row : rows("settings.csv")) {
      values.put(row[0], Double.parseDouble(row[1]));
    }
  }

  double of(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("settings.csv has no " + name);
    }
    return value;
  }

  static List<String[]> rows(String table) {
    try (InputStream in = Settings.class.getResourceAsStream(table)) {
      if (in == null) {
        throw new IllegalStateException("no table " + table);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(","))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(table, e);
    }
  }
}
