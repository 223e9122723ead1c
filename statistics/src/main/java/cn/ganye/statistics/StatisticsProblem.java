package cn.ganye.statistics;

import java.util.OptionalInt;

/** Why a method cannot give an answer: what is wrong, and what would mend it. */
public final class StatisticsProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Stable code, kebab-case. */
  public final String code;

  /** The next step. */
  public final String next;

  /** The row of the data that it lies in, from 0; none if it lies in no single one. */
  public final OptionalInt row;

  /** A problem of the data or of how they are described. */
  public StatisticsProblem(String code, String what, String next) {
    this(code, OptionalInt.empty(), what, next);
  }

  private StatisticsProblem(String code, OptionalInt row, String what, String next) {
    super(what);
    this.code = code;
    this.row = row;
    this.next = next;
  }

  /** A problem of one row, counted from 0. */
  public static StatisticsProblem ofRow(String code, int row, String what, String next) {
    return new StatisticsProblem(code, OptionalInt.of(row), what, next);
  }
}
