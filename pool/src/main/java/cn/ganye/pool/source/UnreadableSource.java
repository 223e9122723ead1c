package cn.ganye.pool.source;

import java.io.IOException;

/** Something that cannot be read as a table, and why. */
public final class UnreadableSource extends IOException {
  private static final long serialVersionUID = 1;

  /** What is wrong with it. */
  public enum Why {
    /** It does not unpack to its end. */
    BROKEN_ARCHIVE,
    /** A member's name leads out of the archive, or two have one name. */
    UNSAFE_ARCHIVE,
    /** It unpacks to far more than any table of its size. */
    TOO_LARGE,
    /** A workbook of the binary kind, or one under a password. */
    OLD_SPREADSHEET,
    /** Of a kind that holds no table. */
    NOT_TEXT
  }

  private final Why why;

  UnreadableSource(Why why, String detail) {
    super(detail);
    this.why = why;
  }

  UnreadableSource(Why why, String detail, Throwable cause) {
    super(detail, cause);
    this.why = why;
  }

  /** What is wrong. */
  public Why why() {
    return why;
  }
}
