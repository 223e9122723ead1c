package cn.ganye.pool.contract;

import java.util.Locale;

/** What a column of a contract holds, and as what it stands in the lake. */
public enum ColumnType {
  /** 公民身份号码; in the lake the person's key. */
  RESIDENT_ID(Stored.INTEGER, "公民身份号码"),
  /** A resident ID, or the number of a disability certificate, which begins with it. */
  PERSON_NO(Stored.INTEGER, "公民身份号码或残疾人证号"),
  /** Text that tells rows apart, such as a household's number; in the lake a keyed hash of it. */
  LABEL(Stored.BIGINT, "标识（只存带密钥的指纹）"),
  /** The agency's own number of a unit; in the lake the key of the enterprise that goes by it. */
  UNIT_NO(Stored.INTEGER, "单位编号"),
  /** 统一社会信用代码; in the lake the enterprise's key. */
  CREDIT_CODE(Stored.INTEGER, "统一社会信用代码"),
  /** A region by code or name; in the lake six digits of the boundaries in force. */
  REGION(Stored.INTEGER, "区划"),
  /** The same text once more, as fine as it goes; twelve digits, of a county followed by zeros. */
  PLACE(Stored.BIGINT, "区划（到村）"),
  /** 统筹区 by code or name; six digits. */
  POOLING_AREA(Stored.INTEGER, "统筹区"),
  /** A month; in the lake yyyymm. */
  YYYYMM(Stored.INTEGER, "月份"),
  /** A day; in the lake yyyymmdd. */
  DATE(Stored.INTEGER, "日期"),
  /** Money in yuan; in the lake fen. */
  YUAN(Stored.BIGINT, "金额（元）"),
  /** Degrees of longitude or latitude; in the lake millionths of one, empty if unreadable. */
  DEGREES(Stored.BIGINT, "经纬度（度，不可读者留空）"),
  /** A whole number. */
  INTEGER(Stored.BIGINT, "整数"),
  /** A word of a code list; in the lake its code. */
  CODE(Stored.WORD, "代码"),
  /** 行业 by GB/T 4754; in the lake the division, or the section where no more is said. */
  INDUSTRY(Stored.WORD, "行业（GB/T 4754）"),
  /** Free text, which stays in the vault. */
  TEXT(Stored.VAULT, "文本（只入保密库）");

  /** How the lake keeps it. */
  public enum Stored {
    INTEGER,
    BIGINT,
    WORD,
    VAULT
  }

  private final Stored stored;
  private final String title;

  ColumnType(Stored stored, String title) {
    this.stored = stored;
    this.title = title;
  }

  /** Its Chinese name. */
  public String title() {
    return title;
  }

  /** How the lake keeps it. */
  public Stored stored() {
    return stored;
  }

  /** Whether it is read from a cell that another column may be read from too. */
  public boolean sharesCell() {
    return this == LABEL || this == PLACE;
  }

  /** Whether it is a person's number, and the lake keeps the person's key. */
  public boolean isPerson() {
    return this == RESIDENT_ID || this == PERSON_NO;
  }

  /** Whether it is a number that an enterprise goes by, and the lake keeps the enterprise's key. */
  public boolean isEnterprise() {
    return this == UNIT_NO || this == CREDIT_CODE;
  }

  /** The word in documents. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
