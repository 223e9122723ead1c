package cn.ganye.server.analysis.internal;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.people.CellPeople;
import cn.ganye.server.people.PersonLine;
import cn.ganye.server.storage.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The people whom a cell of a cross-tab counts. */
@RestController
@RequestMapping("/api/v1/analysis")
class CellPeopleController {
  private static final int PAGE = 50;

  /** Where each meaning of place stands in {@code person_state}. */
  private static final Map<String, String> COLUMNS =
      Map.of("residence", "residence", "hukou", "hukou", "work", "region");

  /**
   * A cell.
   *
   * @param cell codes by dimension, as {@code status:EMPLOYED,sex:2}
   * @param regionBy residence, hukou or work
   * @param cohort only those who lost-work or took-work in the month; all if not given
   * @param reason why they are to be seen; audited
   * @param after so many of them were seen before
   */
  record CellQuestion(
      @Nullable String cell,
      @Nullable String region,
      @Nullable String regionBy,
      @Nullable Integer month,
      @Nullable String cohort,
      @Nullable String reason,
      @Nullable Integer after) {}

  /**
   * People, masked.
   *
   * @param next place after which the next page begins; null if this is the last
   */
  record Behind(List<PersonLine> people, @Nullable Integer next, Snapshot snapshot) {}

  private final Marts marts;
  private final CellPeople people;

  CellPeopleController(Marts marts, CellPeople people) {
    this.marts = marts;
    this.people = people;
  }

  /** Lists them, those who have a place in the account's region. */
  @PostMapping("/people")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY, Role.TOWNSHIP, Role.VILLAGE})
  Behind people(@RequestBody CellQuestion asking) {
    Account account = Current.account();
    Snapshot snapshot = marts.snapshot();
    Asked asked = new Asked(account, snapshot);
    String cell = asking.cell() == null ? "" : asking.cell();
    Map<Dimension, List<String>> codes = Dimension.filters("cell", cell, asked);
    if (codes.containsKey(Dimension.MONTH)) {
      asked.fault("cell", "月份写在 month 里");
    }
    String by = asking.regionBy() == null ? "residence" : asking.regionBy();
    asked.known("regionBy", by, COLUMNS.keySet().stream().sorted().toList());
    int month = asked.month("month", asking.month());
    String where = asked.region(asking.region());
    String cohort = asking.cohort();
    if (cohort != null) {
      asked.known("cohort", cohort, List.of("lost-work", "took-work"));
    }
    int after = asking.after() == null ? 0 : asking.after();
    if (after < 0) {
      asked.fault("after", "不能是负数");
    }
    asked.check();
    List<Object> parameters = new ArrayList<>(List.of(month, month, where + "%"));
    String conditions =
        codes.entrySet().stream()
            .map(
                filter -> {
                  parameters.addAll(filter.getValue());
                  return " AND "
                      + column(filter.getKey(), COLUMNS.getOrDefault(by, by), where, month)
                      + " IN ("
                      + filter.getValue().stream().map(c -> "?").collect(Collectors.joining(", "))
                      + ")";
                })
            .collect(Collectors.joining());
    List<Long> keys =
        marts.inRegion(
            new Scope("", "", where),
            "SELECT person FROM person_state WHERE from_month <= ? AND to_month >= ? AND "
                + COLUMNS.get(by)
                + " LIKE ?"
                + conditions
                + (cohort == null ? "" : moved(cohort, month))
                + " ORDER BY person LIMIT "
                + (PAGE + 1)
                + " OFFSET "
                + after,
            row -> row.number("person"),
            parameters.toArray());
    boolean more = keys.size() > PAGE;
    String figure =
        String.join(" ", cell, by, where, Integer.toString(month), cohort == null ? "" : cohort)
            .strip();
    return new Behind(
        people.list(
            more ? keys.subList(0, PAGE) : keys,
            figure,
            asking.reason() == null ? "" : asking.reason()),
        more ? after + PAGE : null,
        snapshot);
  }

  /** Of those who have begun to work, or ceased to, since the month before. */
  private static String moved(String cohort, int month) {
    boolean lost = cohort.equals("lost-work");
    int before = month % 100 == 1 ? month - 89 : month - 1;
    return " AND basis <> 'not-covered' AND status "
        + (lost ? "<>" : "=")
        + " 'EMPLOYED' AND person IN (SELECT person FROM person_state WHERE from_month <= "
        + before
        + " AND to_month >= "
        + before
        + " AND basis <> 'not-covered' AND status "
        + (lost ? "=" : "<>")
        + " 'EMPLOYED')";
  }

  private static String column(Dimension dimension, String place, String where, int month) {
    return switch (dimension) {
      case REGION -> "SUBSTR(" + place + ", 1, " + (where.length() == 2 ? 4 : 6) + ")";
      case AGE_GROUP -> ageGroup(month);
      default -> dimension.word();
    };
  }

  /** The age group of who was born in {@code birth_month}, as text. */
  private static String ageGroup(int month) {
    String months =
        "("
            + (month / 100 * 12 + month % 100)
            + " - (birth_month - birth_month % 100) / 100 * 12 - birth_month % 100)";
    StringBuilder group = new StringBuilder("CASE WHEN birth_month IS NULL THEN '-1'");
    for (String from : Dimension.AGE_GROUP.codes().reversed()) {
      if (!from.equals("-1")) {
        group
            .append(" WHEN ")
            .append(months)
            .append(" >= ")
            .append(Integer.parseInt(from) * 12)
            .append(" THEN '")
            .append(from)
            .append("'");
      }
    }
    return group.append(" END").toString();
  }
}
