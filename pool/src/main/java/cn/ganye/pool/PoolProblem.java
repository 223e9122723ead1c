package cn.ganye.pool;

/**
 * What stops a command of the pool, said so that somebody can mend it.
 *
 * <p>{@link #code} is stable; {@link #place} says where; {@link #next} says what to do. No personal
 * data in any of them.
 */
public final class PoolProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Who can mend it decides the exit status. */
  public enum Kind {
    /** The caller asked for something that cannot be: exit status 2. */
    USE,
    /** The work failed: exit status 1. */
    WORK
  }

  /** Use or work. */
  public final Kind kind;

  /** Stable, kebab-case. */
  public final String code;

  /** File, folder or statement. */
  public final String place;

  /** The next step. */
  public final String next;

  private PoolProblem(Kind kind, String code, String place, String what, String next) {
    super(what);
    this.kind = kind;
    this.code = code;
    this.place = place;
    this.next = next;
  }

  /** Wrong use. */
  public static PoolProblem use(String code, String place, String what, String next) {
    return new PoolProblem(Kind.USE, code, place, what, next);
  }

  /** Failed work. */
  public static PoolProblem work(String code, String place, String what, String next) {
    return new PoolProblem(Kind.WORK, code, place, what, next);
  }

  /** What led to a failure, if that is known as a problem; else the failure itself. */
  static Exception within(Exception failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof PoolProblem problem) {
        return problem;
      }
    }
    return failure;
  }
}
