package cn.ganye.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT with a name, read from a SQL file whose head says what it is for.
 *
 * @param name what it yields; also the name of its table
 * @param question what it answers, in one sentence
 * @param grain what one row is
 * @param inputs tables that it reads
 * @param columns its columns, in order
 * @param codes for each text column whose values come from a code list, the name of the list
 * @param view whether an engine leaves it as a view, whose rows are made as they are read: for what
 *     spreads a table over its months. A cluster makes a table of it as of any other
 * @param publication how it is published; null if it is only a step on the way
 * @param note what else its head says: definitions, sources, what to beware of
 * @param sql the SELECT, without its head
 */
public record Step(
    String name,
    String question,
    String grain,
    List<String> inputs,
    List<String> columns,
    Map<String, String> codes,
    boolean view,
    @Nullable Publication publication,
    String note,
    String sql) {

  /**
   * How a step's table goes out.
   *
   * @param partition column whose values make the files; null for one file
   * @param width so many values of a number make one file; 1 where each has its own
   * @param order columns that order the rows of each file; together they are the key
   */
  public record Publication(@Nullable String partition, int width, List<String> order) {}

  private static final Pattern HEAD =
      Pattern.compile("^--\\s+(question|grain|inputs|output|publish|order|codes|as)\\s+(.*)$");
  private static final Pattern MORE = Pattern.compile("^--\\s{2,}(\\S.*)$");
  private static final Pattern OUTPUT = Pattern.compile("^(\\w+)\\((.*)\\)$");

  /**
   * Reads a step file.
   *
   * @throws IllegalArgumentException if the head lacks question, grain, inputs or output, or names
   *     another step
   */
  public static Step parse(String name, String text) {
    Map<String, String> head = new LinkedHashMap<>();
    StringBuilder sql = new StringBuilder();
    StringBuilder note = new StringBuilder();
    String last = null;
    for (String line : text.split("\n")) {
      Matcher entry = HEAD.matcher(line);
      Matcher more = MORE.matcher(line);
      if (sql.isEmpty() && entry.matches()) {
        last = entry.group(1);
        head.put(last, entry.group(2).strip());
      } else if (sql.isEmpty() && last != null && more.matches()) {
        head.merge(last, more.group(1).strip(), (a, b) -> a + " " + b);
      } else if (sql.isEmpty() && line.startsWith("--")) {
        note.append(note.isEmpty() ? "" : " ").append(line.substring(2).strip());
        last = null;
      } else if (!line.isBlank() || !sql.isEmpty()) {
        sql.append(line).append('\n');
      }
    }
    Matcher output = OUTPUT.matcher(entry(name, head, "output"));
    if (!output.matches() || !output.group(1).equals(name)) {
      throw new IllegalArgumentException(
          name + ".sql: the head must say: -- output  " + name + "(column, …)");
    }
    return new Step(
        name,
        entry(name, head, "question"),
        entry(name, head, "grain"),
        names(entry(name, head, "inputs")),
        names(output.group(2)),
        codes(name, head),
        "view".equals(head.get("as")),
        publication(name, head),
        note.toString(),
        sql.toString().strip());
  }

  private static @Nullable Publication publication(String name, Map<String, String> head) {
    String partition = head.get("publish");
    if (partition == null) {
      return null;
    }
    List<String> order = names(entry(name, head, "order"));
    String[] runs = partition.split("\\s+by\\s+");
    return runs.length == 2
        ? new Publication(runs[0], Integer.parseInt(runs[1]), order)
        : new Publication(partition.equals("whole") ? null : partition, 1, order);
  }

  private static Map<String, String> codes(String name, Map<String, String> head) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (String pair : names(head.getOrDefault("codes", ""))) {
      String[] sides = pair.split("\\s*:\\s*", 2);
      if (sides.length != 2) {
        throw new IllegalArgumentException(
            name + ".sql: codes are written column: list, not " + pair);
      }
      codes.put(sides[0], sides[1]);
    }
    return codes;
  }

  private static String entry(String name, Map<String, String> head, String key) {
    String value = head.get(key);
    if (value == null) {
      throw new IllegalArgumentException(name + ".sql: the head lacks a line: -- " + key);
    }
    return value;
  }

  private static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    for (String part : list.split(",")) {
      if (!part.isBlank()) {
        names.add(part.strip());
      }
    }
    return List.copyOf(names);
  }
}
