package cn.ganye.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The data files of this library: comma-separated, a header line, no quoting, {@code #} starts a
 * comment line.
 */
final class Tables {
  private Tables() {}

  /** Data rows of a table, each with as many cells as the header. */
  static List<String[]> read(String name) {
    List<String[]> rows = new ArrayList<>();
    try (InputStream in = Tables.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "reference table " + name + " is not in the build; run ./ganye again");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      int width = -1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] cells = line.split(",", -1);
        if (width < 0) {
          width = cells.length;
        } else if (cells.length != width) {
          throw new IllegalStateException(
              name + ": " + cells.length + " cells instead of " + width + " in: " + line);
        } else {
          rows.add(cells);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reference table " + name, e);
    }
    return rows;
  }
}
