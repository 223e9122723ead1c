package cn.ganye.pool.contract;

import java.util.Locale;

/** What a column of a contract holds, and as what it stands in the lake. */
public enum ColumnType {
  /** 公民身份号码; in the lake the person's key. */
  RESIDENT_ID(Stored.INTEGER),
  /** The agency's own number of a unit; in the lake the key of the enterprise that goes by it. */
  UNIT_NO(Stored.INTEGER),
  /** 统一社会信用代码; in the lake the enterprise's key. */
  CREDIT_CODE(Stored.INTEGER),
  /** A region by code or name; in the lake six digits of the boundaries in force. */
  REGION(Stored.INTEGER),
  /** 统筹区 by code or name; six digits. */
  POOLING_AREA(Stored.INTEGER),
  /** A month; in the lake yyyymm. */
  YYYYMM(Stored.INTEGER),
  /** A day; in the lake yyyymmdd. */
  DATE(Stored.INTEGER),
  /** Money in yuan; in the lake fen. */
  YUAN(Stored.BIGINT),
  /** A whole number. */
  INTEGER(Stored.BIGINT),
  /** A word of a code list; in the lake its code. */
  CODE(Stored.WORD),
  /** 行业 by GB/T 4754; in the lake the division, or the section where no more is said. */
  INDUSTRY(Stored.WORD),
  /** Free text, which stays in the vault. */
  TEXT(Stored.VAULT);

  /** How the lake keeps it. */
  public enum Stored {
    INTEGER,
    BIGINT,
    WORD,
    VAULT
  }

  private final Stored stored;

  ColumnType(Stored stored) {
    this.stored = stored;
  }

  /** How the lake keeps it. */
  public Stored stored() {
    return stored;
  }

  /** The word in documents. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
