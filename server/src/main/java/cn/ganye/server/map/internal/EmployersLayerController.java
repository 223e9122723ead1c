package cn.ganye.server.map.internal;

import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.reference.Regions;
import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Rows;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.problems.Nearest;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.problems.Problem.Fault;
import cn.ganye.server.storage.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where enterprises are and how many people they employ: a count for each county. */
@RestController
@RequestMapping("/api/v1/map")
class EmployersLayerController {
  private static final int LARGEST = 20;
  private static final int COUNTY_DIGITS = 6;
  private static final int FEWEST_ENTERPRISES = 3;
  private static final int FEWEST_PEOPLE = 10;
  private static final Set<Role> STAFF =
      Set.of(Role.PROVINCE, Role.CITY, Role.COUNTY, Role.TOWNSHIP, Role.VILLAGE);

  /**
   * The enterprises of a county that employ anybody.
   *
   * @param headcount null where the contributions of the month have not come
   * @param before a year before, likewise
   */
  record CountyEmployers(
      String region, long enterprises, @Nullable Long headcount, @Nullable Long before) {}

  /** One of the largest, in one county. */
  record LargeEmployer(
      UUID ref,
      String name,
      String region,
      String industry,
      long headcount,
      @Nullable Long before) {}

  /**
   * The layer.
   *
   * @param counties those of whom enough is behind the count, for those who may not open files
   * @param largest empty for those who may not open files of enterprises
   */
  record EmployersLayer(
      String region,
      int month,
      List<CountyEmployers> counties,
      List<LargeEmployer> largest,
      Snapshot snapshot) {}

  private final Marts marts;
  private final List<String> sections = Industries.sections().stream().map(Industry::code).toList();

  EmployersLayerController(Marts marts) {
    this.marts = marts;
  }

  /**
   * Counts by county.
   *
   * @param industry a section; for those who may open files of enterprises
   */
  @GetMapping("/employers")
  @Allowed(figures = true)
  EmployersLayer employers(
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false) @Nullable Integer month,
      @RequestParam(required = false) @Nullable String industry) {
    Account account = Current.account();
    Snapshot snapshot = marts.snapshot();
    String own = county(account.region());
    String where = region == null ? own : region;
    int when = month == null ? snapshot.lastMonth() : month;
    boolean staff = STAFF.contains(account.role());
    List<Fault> faults = new ArrayList<>();
    if (Regions.china().find(where).filter(r -> r.code().equals(where)).isEmpty()) {
      faults.add(new Fault("region", "没有这个区划代码；应为 2、4、6 位数字"));
    }
    if (when < snapshot.firstMonth() || when > snapshot.lastMonth()) {
      faults.add(
          new Fault("month", "应在 " + snapshot.firstMonth() + " 至 " + snapshot.lastMonth() + " 之间"));
    }
    if (industry != null && !sections.contains(industry)) {
      faults.add(new Fault("industry", "没有这个行业，是否指 " + Nearest.to(industry, sections).orElse("")));
    } else if (industry != null && !staff) {
      faults.add(new Fault("industry", "按行业的单位数只给各级工作人员：其中有的格只有一两家单位"));
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults.toArray(Fault[]::new));
    }
    if (!county(where).startsWith(own)) {
      throw Problem.notFound("该区划");
    }
    return marts.inRegion(
        new Scope("", "", county(where)),
        rows ->
            new EmployersLayer(
                county(where),
                when,
                counties(rows, when, industry).stream()
                    .filter(county -> staff || !few(county))
                    .toList(),
                staff ? largest(rows, when, industry) : List.of(),
                snapshot));
  }

  /** Whether so few stand behind a county's count that it is shown to staff alone. */
  private static boolean few(CountyEmployers county) {
    Long headcount = county.headcount();
    Long before = county.before();
    return county.enterprises() < FEWEST_ENTERPRISES
        || headcount != null && headcount < FEWEST_PEOPLE
        || before != null && before < FEWEST_PEOPLE;
  }

  private static String county(String region) {
    return region.substring(0, Math.min(COUNTY_DIGITS, region.length()));
  }

  private static Object[] parameters(int month, @Nullable String industry) {
    return industry == null
        ? new Object[] {month, month - 100}
        : new Object[] {month, month - 100, industry};
  }

  private static List<CountyEmployers> counties(Rows rows, int month, @Nullable String industry) {
    return rows.read(
        "SELECT region, COUNT(CASE WHEN month = m.now AND headcount > 0 THEN 1 END) AS enterprises,"
            + " CASE WHEN COUNT(CASE WHEN month = m.now THEN 1 END) = COUNT(CASE WHEN month = m.now THEN headcount END)"
            + " THEN SUM(CASE WHEN month = m.now THEN headcount END) END AS headcount,"
            + " CASE WHEN COUNT(CASE WHEN month = m.past THEN 1 END) = COUNT(CASE WHEN month = m.past THEN headcount END)"
            + " THEN SUM(CASE WHEN month = m.past THEN headcount END) END AS before"
            + " FROM enterprise_month CROSS JOIN (SELECT ?::INTEGER AS now, ?::INTEGER AS past) m"
            + " WHERE month IN (m.now, m.past)"
            + (industry == null ? "" : " AND industry = ?")
            + " GROUP BY region ORDER BY region",
        row ->
            new CountyEmployers(
                row.text("region"),
                row.number("enterprises"),
                row.numberOrNull("headcount"),
                row.numberOrNull("before")),
        parameters(month, industry));
  }

  private static List<LargeEmployer> largest(Rows rows, int month, @Nullable String industry) {
    return rows.read(
        "WITH m AS (SELECT ?::INTEGER AS now, ?::INTEGER AS past), large AS ("
            + "SELECT e.enterprise, e.region, e.industry, e.headcount, p.headcount AS before"
            + " FROM enterprise_month e JOIN m ON e.month = m.now"
            + " LEFT JOIN enterprise_month p ON p.enterprise = e.enterprise AND p.region = e.region AND p.month = m.past"
            + " WHERE e.headcount > 0"
            + (industry == null ? "" : " AND e.industry = ?")
            + " ORDER BY e.headcount DESC, e.enterprise, e.region LIMIT "
            + LARGEST
            + ") SELECT MIN(d.enterprise_ref) AS ref, MIN(d.name) AS name, l.region, l.industry, l.headcount, l.before"
            + " FROM large l JOIN enterprise d ON d.enterprise = l.enterprise"
            + " GROUP BY l.enterprise, l.region, l.industry, l.headcount, l.before"
            + " ORDER BY l.headcount DESC, l.enterprise, l.region",
        row ->
            new LargeEmployer(
                UUID.fromString(row.text("ref")),
                row.text("name"),
                row.text("region"),
                row.text("industry"),
                row.number("headcount"),
                row.numberOrNull("before")),
        parameters(month, industry));
  }
}
