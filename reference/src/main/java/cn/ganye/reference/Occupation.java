package cn.ganye.reference;

import java.util.List;

/**
 * 职业 (职业分类大典 2022): 8 major and 79 middle groups. Minor groups and occupations come by {@link
 * TableImport}.
 *
 * @param code one digit, or digit-hyphen-two digits
 * @param grade A as the source has it, M from general knowledge
 */
public record Occupation(String code, String name, String grade) {
  private static final List<Occupation> GROUPS =
      Tables.read("occupations.csv").stream()
          .map(row -> new Occupation(row[0], row[1], row[2]))
          .toList();

  /** The 8 major groups. */
  public static List<Occupation> major() {
    return GROUPS.stream().filter(o -> o.code().length() == 1).toList();
  }

  /** The 79 middle groups. */
  public static List<Occupation> middle() {
    return GROUPS.stream().filter(o -> o.code().length() > 1).toList();
  }
}
