package cn.ganye.reference;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Code lists about persons: sex, marital-status, ethnicity, education, each code with its Chinese
 * name.
 */
public final class PersonCodes {
  private static final Map<String, Map<String, String>> LISTS = new LinkedHashMap<>();

  static {
    for (String[] row : Tables.read("person-codes.csv")) {
      LISTS.computeIfAbsent(row[0], k -> new LinkedHashMap<>()).put(row[2], row[3]);
    }
  }

  private PersonCodes() {}

  /** Code → name of a list; fails on a list that is not here. */
  public static Map<String, String> list(String name) {
    Map<String, String> list = LISTS.get(name);
    if (list == null) {
      throw new IllegalArgumentException("no list " + name + " among " + LISTS.keySet());
    }
    return Map.copyOf(list);
  }
}
