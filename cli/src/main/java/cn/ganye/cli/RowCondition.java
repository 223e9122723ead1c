package cn.ganye.cli;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A comparison of a column with a value, as {@code C>4} or {@code region = north}. */
record RowCondition(String column, String sign, String value) {
  private static final Pattern TEXT =
      Pattern.compile("\\s*(.+?)\\s*(>=|<=|==|!=|=|>|<)\\s*(.*?)\\s*");

  /**
   * Reads one.
   *
   * @param wrongUse makes what is thrown if it is none
   */
  static <X extends RuntimeException> RowCondition parse(
      String text, Function<String, X> wrongUse) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || matcher.group(3).isEmpty()) {
      throw wrongUse.apply("a condition is a column, one of > >= < <= = !=, and a value: " + text);
    }
    String value = matcher.group(3);
    boolean quoted = value.length() > 1 && (value.matches("'.*'") || value.matches("\".*\""));
    RowCondition condition =
        new RowCondition(
            matcher.group(1),
            matcher.group(2),
            quoted ? value.substring(1, value.length() - 1) : value);
    boolean orders = condition.sign.contains(">") || condition.sign.contains("<");
    if (orders && Double.isNaN(DataTable.number(condition.value))) {
      throw wrongUse.apply("'" + condition.value + "' is no number: " + text);
    }
    return condition;
  }

  /** Rows that fulfil it; one whose cell is missing does not. */
  boolean[] rows(DataTable table) {
    String[] text = table.text(column);
    double than = DataTable.number(value);
    boolean orders = sign.contains(">") || sign.contains("<");
    double[] numbers = orders ? table.numbers(column) : new double[0];
    boolean[] rows = new boolean[text.length];
    for (int i = 0; i < rows.length; i++) {
      if (!DataTable.isMissing(text[i])) {
        double number = orders ? numbers[i] : DataTable.number(text[i]);
        boolean same =
            Double.isNaN(number) || Double.isNaN(than) ? text[i].equals(value) : number == than;
        rows[i] =
            switch (sign) {
              case ">" -> number > than;
              case ">=" -> number >= than;
              case "<" -> number < than;
              case "<=" -> number <= than;
              case "!=" -> !same;
              default -> same;
            };
      }
    }
    return rows;
  }
}
