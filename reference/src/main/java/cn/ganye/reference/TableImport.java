package cn.ganye.reference;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The full table of industries or occupations as a province brings it, set against the official
 * counts. A shortfall marks the table incomplete; it is used all the same.
 *
 * @param kind {@code industry} or {@code occupation}, told by the header
 * @param rows code and name of every entry, by code
 */
public record TableImport(String kind, Map<String, String> rows, List<LevelCount> levels) {
  /** How many entries a level has, and how many the standard says. */
  public record LevelCount(String level, int found, int official) {
    /** Whether none is missing. */
    public boolean complete() {
      return found >= official;
    }
  }

  /** GB/T 4754-2017 with its amendment of 2019. */
  private static final Map<String, Integer> INDUSTRY_LEVELS =
      ordered("section", 20, "division", 97, "group", 473, "class", 1382);

  /** 职业分类大典 2022. */
  private static final Map<String, Integer> OCCUPATION_LEVELS =
      ordered("major", 8, "middle", 79, "minor", 449, "occupation", 1636);

  /**
   * Reads a table with at least the columns {@code code} and {@code name}, in UTF-8. Levels are
   * counted by its column {@code level}, 1 to 4, if it has one — a code may stand on two, such as a
   * minor group of one occupation — and else by the shape of the codes.
   */
  public static TableImport read(Reader in) throws IOException {
    CsvText csv = new CsvText(in);
    List<String> header = csv.row();
    int code = header == null ? -1 : header.indexOf("code");
    int name = header == null ? -1 : header.indexOf("name");
    if (header == null || code < 0 || name < 0) {
      throw new IllegalArgumentException("the first line must name the columns code and name");
    }
    int level = header.indexOf("level");
    Map<String, String> rows = new TreeMap<>();
    Set<String> placed = new TreeSet<>();
    for (List<String> row = csv.row(); row != null; row = csv.row()) {
      if (row.size() > Math.max(code, name) && !row.get(code).isBlank()) {
        rows.putIfAbsent(row.get(code).trim(), row.get(name).trim());
        String said = level >= 0 && level < row.size() ? row.get(level).trim() : "";
        placed.add(said + '\t' + row.get(code).trim());
      }
    }
    boolean occupation = rows.keySet().stream().anyMatch(c -> c.matches("\\d-\\d\\d.*"));
    String kind = occupation ? "occupation" : "industry";
    int[] found = new int[4];
    for (String place : placed) {
      int depth = depth(place, occupation);
      if (depth >= 0) {
        found[depth]++;
      }
    }
    List<LevelCount> levels = new ArrayList<>();
    (occupation ? OCCUPATION_LEVELS : INDUSTRY_LEVELS)
        .forEach(
            (word, expected) -> levels.add(new LevelCount(word, found[levels.size()], expected)));
    return new TableImport(kind, rows, levels);
  }

  /** Whether no level falls short of the official count. */
  public boolean complete() {
    return levels.stream().allMatch(LevelCount::complete);
  }

  /** The level, from 0, of a row given as its level and its code; −1 if neither tells. */
  private static int depth(String place, boolean occupation) {
    String level = place.substring(0, place.indexOf('\t'));
    if (level.matches("[1-4]")) {
      return Integer.parseInt(level) - 1;
    }
    String code = place.substring(place.indexOf('\t') + 1);
    return occupation ? occupationDepth(code) : industryDepth(code);
  }

  private static int industryDepth(String code) {
    if (code.matches("[A-T]")) {
      return 0;
    }
    return code.matches("[A-T]?\\d{2,4}") ? code.replaceFirst("[A-T]", "").length() - 1 : -1;
  }

  private static int occupationDepth(String code) {
    if (!code.matches("\\d(-\\d\\d)*")) {
      return -1;
    }
    return code.replaceFirst("(-00)+$", "").length() / 3;
  }

  private static Map<String, Integer> ordered(Object... pairs) {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], (Integer) pairs[i + 1]);
    }
    return map;
  }
}
