package cn.ganye.statistics;

/** Why a method cannot give an answer: what is wrong, and what would mend it. */
public final class StatisticsProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Stable code, kebab-case. */
  public final String code;

  /** The next step. */
  public final String next;

  /** A problem of the data or of how they are described. */
  public StatisticsProblem(String code, String what, String next) {
    super(what);
    this.code = code;
    this.next = next;
  }
}
