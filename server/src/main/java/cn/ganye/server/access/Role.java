package cn.ganye.server.access;

import java.util.Locale;

/** What an account may do; its region says where. */
public enum Role {
  PROVINCE("省级"),
  CITY("市级"),
  COUNTY("县级"),
  TOWNSHIP("乡镇"),
  VILLAGE("村居"),
  ANALYST("分析员"),
  AUDITOR("审计员"),
  ADMINISTRATOR("管理员"),
  ENTERPRISE("企业"),
  PERSON("个人");

  private final String title;

  Role(String title) {
    this.title = title;
  }

  /** The word in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name in Chinese. */
  public String title() {
    return title;
  }

  /** The role of a word of the database. */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
