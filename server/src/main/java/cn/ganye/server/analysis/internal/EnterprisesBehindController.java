package cn.ganye.server.analysis.internal;

import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.marts.Marts;
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

/** The enterprises behind jobs, hires, separations and bases of a region's month. */
@RestController
@RequestMapping("/api/v1/analysis")
class EnterprisesBehindController {
  private static final int PAGE = 50;

  /** What enterprises are ordered by, and its term: those of whom it is positive are listed. */
  private static final Map<String, String> ORDERS =
      Map.of(
          "jobs", "headcount",
          "hires", "hires",
          "separations", "separations",
          "created", "hires - separations",
          "destroyed", "separations - hires");

  /**
   * An enterprise in one county of the region; null where a file that it needs has not come.
   *
   * @param headcount jobs at any time in the month
   * @param meanBase mean contribution base in fen
   */
  record EnterpriseLine(
      UUID ref,
      String name,
      String region,
      String industry,
      @Nullable Long headcount,
      @Nullable Long hires,
      @Nullable Long separations,
      @Nullable Long meanBase) {}

  /**
   * A page of them, the largest first.
   *
   * @param total how many there are
   * @param sum of what they are ordered by, over all of them
   * @param next place after which the next page begins; null if this is the last
   */
  record EnterprisesBehind(
      String region,
      int month,
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
   * @param order jobs, hires, separations, created (more came than went) or destroyed
   */
  @GetMapping("/enterprises")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY, Role.TOWNSHIP, Role.VILLAGE})
  EnterprisesBehind enterprises(
      @RequestParam(required = false, defaultValue = "jobs") String order,
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false) @Nullable Integer month,
      @RequestParam(required = false) @Nullable String industry,
      @RequestParam(required = false, defaultValue = "0") int after) {
    Snapshot snapshot = marts.snapshot();
    Asked asked = new Asked(Current.account(), snapshot);
    asked.known("order", order, ORDERS.keySet().stream().sorted().toList());
    if (industry != null) {
      asked.known("industry", industry, industries);
    }
    int when = asked.month("month", month);
    String where = asked.region(region);
    if (after < 0) {
      asked.fault("after", "不能是负数");
    }
    asked.check();
    List<Counted> found =
        marts.inRegion(
            new Scope("", "", where),
            sql(ORDERS.getOrDefault(order, ""), industry != null),
            EnterprisesBehindController::counted,
            industry == null
                ? new Object[] {when, PAGE + 1, after}
                : new Object[] {when, industry, PAGE + 1, after});
    boolean more = found.size() > PAGE;
    return new EnterprisesBehind(
        where,
        when,
        order,
        found.stream().limit(PAGE).map(Counted::line).toList(),
        found.isEmpty() ? 0 : found.getFirst().total(),
        found.isEmpty() ? 0 : found.getFirst().sum(),
        more ? after + PAGE : null,
        snapshot);
  }

  private static String sql(String term, boolean oneIndustry) {
    return "WITH listed AS (SELECT enterprise, region, industry, headcount, hires, separations, base_sum, "
        + term
        + " AS term, COUNT(*) OVER () AS total, SUM("
        + term
        + ") OVER () AS sum FROM enterprise_month WHERE month = ? AND "
        + term
        + " > 0"
        + (oneIndustry ? " AND industry = ?" : "")
        + " ORDER BY term DESC, enterprise, region LIMIT ? OFFSET ?)"
        + " SELECT MIN(d.enterprise_ref) AS ref, MIN(d.name) AS name, l.* FROM listed l"
        + " JOIN enterprise d ON d.enterprise = l.enterprise GROUP BY ALL"
        + " ORDER BY l.term DESC, l.enterprise, l.region";
  }

  private static Counted counted(Row row) {
    Long headcount = row.numberOrNull("headcount");
    Long bases = row.numberOrNull("base_sum");
    return new Counted(
        new EnterpriseLine(
            UUID.fromString(row.text("ref")),
            row.text("name"),
            row.text("region"),
            row.text("industry"),
            headcount,
            row.numberOrNull("hires"),
            row.numberOrNull("separations"),
            headcount == null || headcount == 0 || bases == null ? null : bases / headcount),
        row.number("total"),
        row.number("sum"));
  }
}
