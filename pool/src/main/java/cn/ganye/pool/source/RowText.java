package cn.ganye.pool.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows as the text of a CSV file in UTF-8. */
final class RowText extends InputStream {
  private static final int AT_ONCE = 1 << 15;

  private final Rows rows;
  private byte[] ready = new byte[0];
  private int at;

  RowText(Rows rows) {
    this.rows = rows;
  }

  @Override
  public int read() throws IOException {
    return fill() ? ready[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (at == ready.length) {
      StringBuilder text = new StringBuilder();
      List<String> row;
      while (text.length() < AT_ONCE && (row = rows.next()) != null) {
        line(row, text);
      }
      ready = text.toString().getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    return at < ready.length;
  }

  private static void line(List<String> row, StringBuilder text) {
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      String cell = row.get(i);
      if (needsQuotes(cell)) {
        text.append('"').append(cell.replace("\"", "\"\"")).append('"');
      } else {
        text.append(cell);
      }
    }
    text.append('\n');
  }

  private static boolean needsQuotes(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
