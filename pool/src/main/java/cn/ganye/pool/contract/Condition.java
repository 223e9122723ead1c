package cn.ganye.pool.contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comparison as contracts write it: {@code owed <= settled}, {@code payment = 退收}, {@code base >
 * 0}.
 *
 * @param left a column
 * @param right a column, a whole number, or a word of the left column's code list
 */
public record Condition(String left, Operator operator, String right) {
  /** How two values may compare. */
  public enum Operator {
    EQUAL("="),
    UNEQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** As it is written. */
    public String sign() {
      return sign;
    }

    /** Whether it holds between two numbers. */
    public boolean holds(long a, long b) {
      return switch (this) {
        case EQUAL -> a == b;
        case UNEQUAL -> a != b;
        case LESS -> a < b;
        case LESS_OR_EQUAL -> a <= b;
        case GREATER -> a > b;
        case GREATER_OR_EQUAL -> a >= b;
      };
    }
  }

  private static final Pattern TEXT = Pattern.compile("(\\w+)\\s*(!=|<=|>=|=|<|>)\\s*(\\S+)");

  /** Reads a condition; fails with what it should look like. */
  public static Condition parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a condition is written column = value, not: " + text);
    }
    for (Operator operator : Operator.values()) {
      if (operator.sign.equals(matcher.group(2))) {
        return new Condition(matcher.group(1), operator, matcher.group(3));
      }
    }
    throw new IllegalArgumentException("no such comparison: " + text);
  }

  @Override
  public String toString() {
    return left + " " + operator.sign + " " + right;
  }
}
