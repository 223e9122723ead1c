package cn.ganye.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for people: columns aligned, numbers to the right; a Chinese character counts as two. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  Table row(List<String> cells) {
    rows.add(cells);
    return this;
  }

  String text() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = width(row.get(i));
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < rows.get(r).size(); i++) {
        String cell = rows.get(r).get(i);
        boolean right =
            isNumber(cell)
                || (r == 0
                    && rows.size() > 1
                    && isNumber(rows.get(1).get(Math.min(i, rows.get(1).size() - 1))));
        String pad = " ".repeat(widths.get(i) - width(cell));
        line.append(i == 0 ? "" : "  ").append(right ? pad + cell : cell + pad);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[-+]?[0-9][0-9,]*(\\.[0-9]+)?( ?%)?|—");
  }

  private static int width(String text) {
    return text.codePoints().map(c -> c >= 0x2E80 ? 2 : 1).sum();
  }
}
