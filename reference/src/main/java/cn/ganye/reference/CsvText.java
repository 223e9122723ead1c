package cn.ganye.reference;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads small comma-separated tables (RFC 4180) row by row. Large and dirty files are the pool's
 * business.
 */
public final class CsvText {
  private final Reader in;
  private int next = -2;

  /**
   * Reads from the given reader, which should be buffered; a byte-order mark at its start is passed
   * over.
   */
  public CsvText(Reader in) {
    this.in = in;
  }

  /** The next row that is not blank, or null at the end. */
  public @Nullable List<String> row() throws IOException {
    if (next == -2) {
      next = in.read();
      if (next == '\uFEFF') {
        next = in.read();
      }
    }
    while (next == '\n' || next == '\r') {
      next = in.read();
    }
    if (next < 0) {
      return null;
    }
    List<String> cells = new ArrayList<>();
    do {
      cells.add(next == '"' ? quoted() : bare());
    } while (comma());
    return cells;
  }

  private boolean comma() throws IOException {
    if (next != ',') {
      return false;
    }
    next = in.read();
    return true;
  }

  private String bare() throws IOException {
    StringBuilder cell = new StringBuilder();
    while (next >= 0 && next != ',' && next != '\n' && next != '\r') {
      cell.append((char) next);
      next = in.read();
    }
    return cell.toString();
  }

  private String quoted() throws IOException {
    StringBuilder cell = new StringBuilder();
    next = in.read();
    while (next >= 0) {
      if (next == '"') {
        next = in.read();
        if (next != '"') {
          break;
        }
      }
      cell.append((char) next);
      next = in.read();
    }
    return cell.append(bare()).toString();
  }

  /** A cell as RFC 4180 writes it, quoted only where it must be. */
  public static String cell(String value) {
    boolean plain = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        plain = false;
        break;
      }
    }
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
