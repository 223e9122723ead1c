package cn.ganye.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The 20 sections and 97 divisions of GB/T 4754-2017. Groups and classes come by {@link
 * TableImport}.
 */
public final class Industries {
  private static final Map<String, Industry> BY_CODE = new LinkedHashMap<>();

  static {
    for (String[] row : Tables.read("industries.csv")) {
      BY_CODE.put(row[0], new Industry(row[0], row[1], row[2]));
    }
  }

  private Industries() {}

  /** Sections first come with their divisions, in code order. */
  public static List<Industry> all() {
    return List.copyOf(BY_CODE.values());
  }

  /** The 20 sections. */
  public static List<Industry> sections() {
    return BY_CODE.values().stream().filter(i -> i.code().length() == 1).toList();
  }

  /** The 97 divisions. */
  public static List<Industry> divisions() {
    return BY_CODE.values().stream().filter(i -> i.code().length() == 2).toList();
  }

  /**
   * The section or division that a code lies in: C, 39, C39, C3911, 3911 and 391 are all
   * understood; empty if its first two digits are no division or contradict the letter.
   */
  public static Optional<Industry> find(String code) {
    String plain = PlainForm.of(code).trim().toUpperCase(java.util.Locale.ROOT);
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    boolean letter = Character.isLetter(plain.charAt(0));
    String digits = letter ? plain.substring(1) : plain;
    if (digits.isEmpty()) {
      return Optional.ofNullable(BY_CODE.get(plain));
    }
    if (digits.length() < 2
        || digits.length() > 4
        || !digits.chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    Industry division = BY_CODE.get(digits.substring(0, 2));
    return Optional.ofNullable(division)
        .filter(found -> !letter || found.section().equals(plain.substring(0, 1)));
  }
}
