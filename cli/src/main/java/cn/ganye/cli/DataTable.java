package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import cn.ganye.reference.CsvText;
import cn.ganye.statistics.StatisticsProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A CSV file whose columns are asked for by name. Missing is an empty cell, NA or a dot. */
final class DataTable {
  private final Path file;
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();

  private DataTable(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Reads a file.
   *
   * @throws PoolProblem if it is missing, empty or no rectangle
   */
  static DataTable read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw PoolProblem.use(
          "file-missing", file.toString(), "there is no such file", "give a CSV file");
    }
    try (LineCounting in =
        new LineCounting(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
      CsvText csv = new CsvText(in);
      List<String> header = csv.row();
      if (header == null) {
        throw PoolProblem.use(
            "file-empty", file.toString(), "the file is empty", "its first line names the columns");
      }
      DataTable table = new DataTable(file, header.stream().map(String::strip).toList());
      Set<String> seen = new HashSet<>();
      for (String name : table.header) {
        if (!seen.add(name)) {
          throw table.wrong(1, "two columns are called '" + name + "'", "rename one of them");
        }
      }
      int line = in.line();
      for (List<String> row = csv.row(); row != null; row = csv.row()) {
        if (row.size() == 1 && row.getFirst().isBlank()) {
          line = in.line();
          continue;
        }
        if (row.size() != table.header.size()) {
          throw table.wrong(
              line,
              row.size() + " cells under " + table.header.size() + " columns",
              "quote cells that hold a comma");
        }
        table.rows.add(row);
        table.lines.add(line);
        line = in.line();
      }
      return table;
    } catch (java.nio.charset.CharacterCodingException e) {
      throw PoolProblem.use(
          "not-utf-8", file.toString(), "the file is not UTF-8", "save it as CSV in UTF-8");
    }
  }

  /** Counts the lines that were read. */
  private static final class LineCounting extends java.io.FilterReader {
    private int line = 1;

    LineCounting(BufferedReader in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int c = super.read();
      if (c == '\n') {
        line++;
      }
      return c;
    }

    int line() {
      return line;
    }
  }

  int size() {
    return rows.size();
  }

  /** The line of the file that a row stands on. */
  int line(int row) {
    return lines.get(row);
  }

  /**
   * A column as it is written, without blanks around.
   *
   * @throws PoolProblem if there is none of the name
   */
  String[] text(String column) {
    int at = header.indexOf(column);
    if (at < 0) {
      throw PoolProblem.use(
          "column-unknown",
          file + ":1",
          "there is no column '" + column + "'",
          "the columns are " + String.join(", ", header));
    }
    return rows.stream().map(row -> row.get(at).strip()).toArray(String[]::new);
  }

  /** The same, where nothing may be missing. */
  String[] complete(String column) {
    String[] values = text(column);
    for (int i = 0; i < values.length; i++) {
      if (isMissing(values[i])) {
        throw wrong(line(i), "column '" + column + "' is empty", "fill it in, or take the row out");
      }
    }
    return values;
  }

  /**
   * A column of numbers; NaN where missing.
   *
   * @throws PoolProblem if a cell is neither
   */
  double[] numbers(String column) {
    String[] text = text(column);
    double[] numbers = new double[text.length];
    for (int i = 0; i < text.length; i++) {
      numbers[i] = number(text[i]);
      if (Double.isNaN(numbers[i]) && !isMissing(text[i])) {
        throw wrong(
            line(i),
            "column '" + column + "': '" + text[i] + "' is no number",
            "a missing value is an empty cell, NA or a dot");
      }
    }
    return numbers;
  }

  /** A column of numbers, where nothing may be missing. */
  double[] completeNumbers(String column) {
    complete(column);
    return numbers(column);
  }

  /** Two columns as a dictionary of totals. */
  Map<String, Double> totals(String key) {
    String[] names = complete(key);
    double[] numbers = completeNumbers("total");
    Map<String, Double> totals = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (totals.put(names[i], numbers[i]) != null) {
        throw wrong(line(i), "'" + names[i] + "' stands there twice", "leave one of them");
      }
    }
    return totals;
  }

  /** A method's problem with these data, where they stand in the file. */
  PoolProblem wrong(StatisticsProblem problem) {
    String place = file + (problem.row.isPresent() ? ":" + line(problem.row.getAsInt()) : "");
    return PoolProblem.use(problem.code, place, String.valueOf(problem.getMessage()), problem.next);
  }

  PoolProblem wrong(int line, String what, String next) {
    return PoolProblem.use("data-invalid", file + ":" + line, what, next);
  }

  static boolean isMissing(String cell) {
    return cell.isEmpty() || cell.equals("NA") || cell.equals(".");
  }

  /** A number as it is written; NaN if it is none. */
  static double number(String text) {
    try {
      double number = Double.parseDouble(text);
      boolean plain = text.chars().noneMatch(c -> "dDfFxXpPNI".indexOf(c) >= 0);
      return plain ? number : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** A number with all its digits and no exponent; empty if there is none. */
  static String said(double number) {
    return Double.isNaN(number) || Double.isInfinite(number)
        ? ""
        : new java.math.BigDecimal(Double.toString(number)).toPlainString();
  }

  /** A line of CSV. */
  static String line(List<String> cells) {
    return cells.stream().map(CsvText::cell).collect(Collectors.joining(","));
  }
}
