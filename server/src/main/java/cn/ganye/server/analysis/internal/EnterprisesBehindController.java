package cn.ganye.server.analysis.internal;

import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Months;
import cn.ganye.server.marts.Row;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The enterprises behind jobs, hires, separations, bases and vacancies of a region. */
@RestController
@RequestMapping("/api/v1/analysis")
class EnterprisesBehindController {
  private static final int PAGE = 50;

  /** What enterprises are ordered by, and its term: those of whom it is positive are listed. */
  private static final Map<String, String> BY_JOBS =
      Map.of(
          "jobs", "headcount",
          "hires", "hires",
          "separations", "separations",
          "created", "hires - separations",
          "destroyed", "separations - hires");

  private static final Map<String, String> BY_VACANCIES =
      Map.of("heads", "heads", "postings", "postings", "unstated", "unstated");

  private static final List<String> ORDERS =
      Stream.concat(BY_JOBS.keySet().stream(), BY_VACANCIES.keySet().stream()).sorted().toList();

  /** Columns of the marts, those of the others as NULL. */
  private static final String JOBS =
      "headcount, hires, separations, %s AS base_sum, NULL::BIGINT AS postings, NULL::BIGINT AS heads, NULL::BIGINT AS unstated";

  private static final String VACANCIES =
      "NULL::BIGINT AS headcount, NULL::BIGINT AS hires, NULL::BIGINT AS separations, NULL::BIGINT AS base_sum, postings, heads, unstated";

  /**
   * An enterprise in one county of the region; null where a file that it needs has not come, and
   * what the order does not speak of.
   *
   * @param ref null if it looks for people here and has no jobs: there is no file of it
   * @param headcount jobs at any time in the period
   * @param meanBase mean contribution base in fen, of months
   * @param postings posts that it looks for people for
   * @param heads how many people it looks for
   * @param unstated posts that do not say how many
   */
  record EnterpriseLine(
      @Nullable UUID ref,
      String name,
      String region,
      String industry,
      @Nullable Long headcount,
      @Nullable Long hires,
      @Nullable Long separations,
      @Nullable Long meanBase,
      @Nullable Long postings,
      @Nullable Long heads,
      @Nullable Long unstated) {}

  /**
   * A page of them, the largest first.
   *
   * @param period 202512 or 2025Q4
   * @param total how many there are
   * @param sum of what they are ordered by, over all of them
   * @param next place after which the next page begins; null if this is the last
   */
  record EnterprisesBehind(
      String region,
      String period,
      String order,
      List<EnterpriseLine> enterprises,
      long total,
      long sum,
      @Nullable Integer next,
      Snapshot snapshot) {}

  private record Counted(EnterpriseLine line, long total, long sum) {}

  private final Marts marts;
  private final List<String> industries =
      Stream.concat(Industries.sections().stream().map(Industry::code), Stream.of("?")).toList();

  EnterprisesBehindController(Marts marts) {
    this.marts = marts;
  }

  /**
   * Lists them.
   *
   * @param order jobs, hires, separations, created (more came than went) or destroyed; of vacancies
   *     heads, postings or unstated
   * @param every month, or quarter for the month's quarter; vacancies are by quarter
   */
  @GetMapping("/enterprises")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY, Role.TOWNSHIP, Role.VILLAGE})
  EnterprisesBehind enterprises(
      @RequestParam(required = false, defaultValue = "jobs") String order,
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false) @Nullable Integer month,
      @RequestParam(required = false) @Nullable String every,
      @RequestParam(required = false) @Nullable String industry,
      @RequestParam(required = false, defaultValue = "0") int after) {
    Snapshot snapshot = marts.snapshot();
    Asked asked = new Asked(Current.account(), snapshot);
    asked.known("order", order, ORDERS);
    boolean vacancies = BY_VACANCIES.containsKey(order);
    String frequency = every == null ? (vacancies ? "quarter" : "month") : every;
    if (asked.known("every", frequency, List.of("month", "quarter"))
        && vacancies
        && frequency.equals("month")) {
      asked.fault("every", "招聘按季（quarter），没有按月的数字");
    }
    if (industry != null) {
      asked.known("industry", industry, industries);
    }
    int when = asked.month("month", month);
    String where = asked.region(region);
    if (after < 0) {
      asked.fault("after", "不能是负数");
    }
    asked.check();
    Object period = frequency.equals("month") ? when : Months.quarter(when);
    List<Counted> found =
        marts.inRegion(
            new Scope("", "", where),
            sql(order, frequency, industry != null),
            EnterprisesBehindController::counted,
            industry == null
                ? new Object[] {period, PAGE + 1, after}
                : new Object[] {period, industry, PAGE + 1, after});
    boolean more = found.size() > PAGE;
    return new EnterprisesBehind(
        where,
        period.toString(),
        order,
        found.stream().limit(PAGE).map(Counted::line).toList(),
        found.isEmpty() ? 0 : found.getFirst().total(),
        found.isEmpty() ? 0 : found.getFirst().sum(),
        more ? after + PAGE : null,
        snapshot);
  }

  private static String sql(String order, String frequency, boolean oneIndustry) {
    String vacancies = BY_VACANCIES.get(order);
    String term = vacancies == null ? BY_JOBS.getOrDefault(order, "") : vacancies;
    boolean month = frequency.equals("month");
    String columns =
        vacancies == null ? JOBS.formatted(month ? "base_sum" : "NULL::BIGINT") : VACANCIES;
    return "WITH listed AS (SELECT enterprise, region, industry, "
        + columns
        + ", "
        + term
        + " AS term, COUNT(*) OVER () AS total, SUM("
        + term
        + ") OVER () AS sum FROM "
        + (vacancies == null ? "enterprise_" + frequency : "enterprise_vacancy")
        + " WHERE "
        + (month ? "month" : "period")
        + " = ? AND "
        + term
        + " > 0"
        + (oneIndustry ? " AND industry = ?" : "")
        + " ORDER BY term DESC, enterprise, region LIMIT ? OFFSET ?)"
        + " SELECT MIN(CASE WHEN p.enterprise IS NOT NULL THEN d.enterprise_ref END) AS ref, MIN(d.name) AS name, l.* FROM listed l"
        + " JOIN enterprise d ON d.enterprise = l.enterprise"
        + " LEFT JOIN enterprise_place p ON p.enterprise = l.enterprise GROUP BY ALL"
        + " ORDER BY l.term DESC, l.enterprise, l.region";
  }

  private static Counted counted(Row row) {
    Long headcount = row.numberOrNull("headcount");
    Long bases = row.numberOrNull("base_sum");
    String ref = row.textOrNull("ref");
    return new Counted(
        new EnterpriseLine(
            ref == null ? null : UUID.fromString(ref),
            row.text("name"),
            row.text("region"),
            row.text("industry"),
            headcount,
            row.numberOrNull("hires"),
            row.numberOrNull("separations"),
            headcount == null || headcount == 0 || bases == null ? null : bases / headcount,
            row.numberOrNull("postings"),
            row.numberOrNull("heads"),
            row.numberOrNull("unstated")),
        row.number("total"),
        row.number("sum"));
  }
}
