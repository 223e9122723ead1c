package cn.ganye.server.analysis.internal;

import cn.ganye.server.marts.Months;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The people whom a figure counts in one month, as a statement over the marts of persons.
 *
 * @param now where they stand in the month; its cell is of counts by status
 * @param left only who has no state in the month any more
 * @param group a key group that they belong to
 * @param region as many digits as needed
 * @param by which of their places lies in the region; as the measure has it
 * @param moved who lost or took up work in a month; null for all
 * @param was where they stood in another month; null for all
 */
record PeopleBehind(
    Measure measure,
    Stand now,
    boolean left,
    @Nullable String group,
    String region,
    String by,
    @Nullable Moved moved,
    @Nullable Stand was) {
  static final List<String> COHORTS = List.of("lost-work", "took-work");
  private static final String AT = "from_month <= ? AND to_month >= ?";

  /** Those who, from the month before to a month, have ceased to work, or begun. */
  record Moved(String cohort, int month) {}

  /**
   * Where people stand in a month.
   *
   * @param cell codes by dimension
   * @param work where they work, as many digits as needed; null for anywhere
   */
  record Stand(Map<Dimension, List<String>> cell, @Nullable String work, int month) {
    private List<String> named() {
      List<String> words = new ArrayList<>();
      cell.forEach(
          (dimension, codes) -> words.add(dimension.word() + ":" + String.join("|", codes)));
      if (work != null) {
        words.add("work:" + work);
      }
      words.add(Integer.toString(month));
      return words;
    }
  }

  /** A condition and what its question marks stand for. */
  private record Condition(String sql, List<Object> parameters) {
    Condition(String sql, Object... parameters) {
      this(sql, List.of(parameters));
    }
  }

  /** Keys of a page of them, in order. */
  String sql(int count, int after) {
    return "SELECT DISTINCT person FROM "
        + from()
        + " WHERE "
        + all(conditions())
        + " ORDER BY person LIMIT "
        + count
        + " OFFSET "
        + after;
  }

  /** For the question marks of the statement. */
  Object[] parameters() {
    return parameters(conditions());
  }

  private static String all(List<Condition> conditions) {
    return conditions.stream().map(Condition::sql).collect(Collectors.joining(" AND "));
  }

  private static Object[] parameters(List<Condition> conditions) {
    return conditions.stream().flatMap(condition -> condition.parameters().stream()).toArray();
  }

  /** How the audit trail names the figure. */
  String named() {
    List<String> words = new ArrayList<>(List.of(measure.word(), by, region));
    words.addAll(now.named());
    if (left) {
      words.add("left");
    }
    if (group != null) {
      words.add(group);
    }
    if (moved != null) {
      words.add(moved.cohort() + " " + moved.month());
    }
    if (was != null) {
      words.addAll(was.named());
    }
    return String.join(" ", words);
  }

  private String from() {
    return switch (measure.source()) {
      case REGISTERED, SUPPLY -> "person_registration";
      case NEW_EMPLOYMENT -> "new_employment_event";
      case HOUSEHOLD -> "suspected_household";
      default -> states(left && was != null ? was.month() : now.month());
    };
  }

  /** People's states with the columns that cells and measures of counts by status speak of. */
  private static String states(int month) {
    return "(SELECT person, from_month, to_month, status, basis, industry, sex, education, residence, hukou, insured,"
        + " region AS work, hukou AS from_region, region AS to_region, "
        + ageGroup(month)
        + " AS age_group FROM person_state) s";
  }

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    int month = now.month();
    boolean byStatus = false;
    switch (measure.source()) {
      case REGISTERED ->
          conditions.add(new Condition("from_day // 100 <= ? AND to_day // 100 > ?", month, month));
      case SUPPLY ->
          conditions.add(
              new Condition(
                  "from_day // 100 <= ? AND to_day // 100 >= ?",
                  Months.lastOfQuarter(month),
                  Months.firstOfQuarter(month)));
      case NEW_EMPLOYMENT ->
          conditions.add(new Condition("day // 100 = ? AND " + measure.part(), month));
      case HOUSEHOLD -> conditions.add(new Condition(AT, month, month));
      default -> {
        byStatus = true;
        conditions.addAll(standing(left && was != null ? was : now));
        conditions.add(new Condition("(" + measure.part() + ")"));
      }
    }
    conditions.add(new Condition((byStatus ? by : "region") + " LIKE ?", region + "%"));
    if (group != null) {
      conditions.add(grouped(group));
    }
    if (moved != null) {
      boolean lost = moved.cohort().equals("lost-work");
      conditions.add(atWork(!lost, moved.month()));
      conditions.add(atWork(lost, Months.before(moved.month())));
    }
    if (left) {
      conditions.add(
          new Condition(
              "person NOT IN (SELECT person FROM person_state WHERE "
                  + AT
                  + " AND "
                  + by
                  + " LIKE ?)",
              month,
              month,
              region + "%"));
    } else if (was != null) {
      List<Condition> then = standing(was);
      conditions.add(
          new Condition(
              "person IN (SELECT person FROM " + states(was.month()) + " WHERE " + all(then) + ")",
              parameters(then)));
    }
    return conditions;
  }

  /** In the key group in the month; of what counts by quarter, at any time in it. */
  private Condition grouped(String key) {
    boolean quarter = measure.source() == Measure.Source.SUPPLY;
    return new Condition(
        "person IN (SELECT person FROM person_group WHERE key_group = ? AND " + AT + ")",
        key,
        quarter ? Months.lastOfQuarter(now.month()) : now.month(),
        quarter ? Months.firstOfQuarter(now.month()) : now.month());
  }

  private List<Condition> standing(Stand stand) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(new Condition(AT, stand.month(), stand.month()));
    stand.cell().forEach((dimension, codes) -> conditions.add(among(dimension, codes)));
    if (stand.work() != null) {
      conditions.add(new Condition("status = 'EMPLOYED' AND work LIKE ?", stand.work() + "%"));
    }
    return conditions;
  }

  /** Those who had work in a month, or are known to have had none. */
  private static Condition atWork(boolean work, int month) {
    return new Condition(
        "person IN (SELECT person FROM person_state WHERE "
            + AT
            + " AND basis <> 'not-covered' AND (status = 'EMPLOYED') = ?)",
        month,
        month,
        work);
  }

  private Condition among(Dimension dimension, List<String> codes) {
    return new Condition(
        column(dimension)
            + " IN ("
            + codes.stream().map(code -> "?").collect(Collectors.joining(", "))
            + ")",
        List.<Object>copyOf(codes));
  }

  private String column(Dimension dimension) {
    return switch (dimension) {
      case REGION -> "SUBSTR(" + by + ", 1, " + (region.length() == 2 ? 4 : 6) + ")";
      case AGE_GROUP -> "CAST(age_group AS VARCHAR)";
      default -> dimension.word();
    };
  }

  /** The age group of who was born in {@code birth_month}. */
  private static String ageGroup(int month) {
    String months =
        "("
            + (month / 100 * 12 + month % 100)
            + " - (birth_month - birth_month % 100) / 100 * 12 - birth_month % 100)";
    StringBuilder age = new StringBuilder("CASE WHEN birth_month IS NULL THEN -1");
    for (String from : Dimension.AGE_GROUP.codes().reversed()) {
      if (!from.equals("-1")) {
        age.append(" WHEN ")
            .append(months)
            .append(" >= ")
            .append(Integer.parseInt(from) * 12)
            .append(" THEN ")
            .append(from);
      }
    }
    return age.append(" END").toString();
  }
}
