package cn.ganye.server.employers.internal;

import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.marts.Kept;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Rows;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.storage.Scope;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 一企一档. */
@RestController
@RequestMapping("/api/v1/employers")
class EmployersController {
  private static final int PAGE = 20;

  private static final int SCOPES = 64;

  private final Marts marts;
  private final Kept<Map<String, @Nullable Long>> peers = new Kept<>(SCOPES);

  EmployersController(Marts marts) {
    this.marts = marts;
  }

  /** An enterprise as a list shows it: what it does within the scope. */
  record EmployerLine(
      UUID ref,
      String number,
      String name,
      String region,
      String industry,
      @Nullable Long headcount,
      int lastMonth) {}

  record Employers(List<EmployerLine> employers, @Nullable Integer next) {}

  /** One month; a figure that needs a month not covered is null. */
  record Month(
      int month,
      @Nullable Long headcount,
      @Nullable Long hires,
      @Nullable Long separations,
      @Nullable Long meanBase,
      @Nullable Long industryMeanBase) {}

  record Place(String region, String industry, @Nullable Long headcount, int lastMonth) {}

  /**
   * Where people who work here have their hukou.
   *
   * @param origin a county of the home province, else a province; 999999 not known
   */
  record Origin(String origin, long people) {}

  record EmployerFile(
      UUID ref,
      String name,
      List<String> numbers,
      List<Place> places,
      List<Month> months,
      int originMonth,
      List<Origin> origins,
      Snapshot snapshot) {}

  @GetMapping
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY, Role.TOWNSHIP, Role.VILLAGE})
  Employers search(
      @RequestParam(required = false, defaultValue = "") String query,
      @RequestParam(required = false, defaultValue = "0") int after) {
    String text = query.strip();
    if (text.length() > 60 || after < 0) {
      throw Problem.invalid(new Problem.Fault("query", "输入单位名称、统一社会信用代码或单位编号，不超过 60 个字"));
    }
    String like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    List<EmployerLine> found =
        marts.inRegion(
            scope(),
            "SELECT e.enterprise_ref, MIN(e.number) AS number, MIN(e.name) AS name, ARG_MAX(p.region, p.headcount) AS region,"
                + " ARG_MAX(p.industry, p.headcount) AS industry, SUM(p.headcount) AS headcount, MAX(p.last_month) AS last_month"
                + " FROM enterprise e JOIN enterprise_place p ON p.enterprise = e.enterprise"
                + " WHERE e.name LIKE ? ESCAPE '\\' OR e.number = ? GROUP BY e.enterprise_ref"
                + " ORDER BY headcount DESC NULLS LAST, e.enterprise_ref LIMIT "
                + (PAGE + 1)
                + " OFFSET ?",
            row ->
                new EmployerLine(
                    UUID.fromString(row.text("enterprise_ref")),
                    row.text("number"),
                    row.text("name"),
                    row.text("region"),
                    row.text("industry"),
                    row.numberOrNull("headcount"),
                    (int) row.number("last_month")),
            like,
            text,
            after);
    boolean more = found.size() > PAGE;
    return new Employers(more ? found.subList(0, PAGE) : found, more ? after + PAGE : null);
  }

  @GetMapping("/{ref}")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY, Role.TOWNSHIP, Role.VILLAGE})
  EmployerFile file(@PathVariable UUID ref) {
    return marts.inRegion(scope(), rows -> file(rows, ref));
  }

  private EmployerFile file(Rows rows, UUID ref) {
    record Number(long enterprise, String number, String name) {}
    List<Number> numbers =
        rows.read(
            "SELECT enterprise, number, name FROM enterprise WHERE enterprise_ref = ? ORDER BY number",
            row -> new Number(row.number("enterprise"), row.text("number"), row.text("name")),
            ref.toString());
    if (numbers.isEmpty()) {
      throw Problem.notFound("该单位");
    }
    long enterprise = numbers.getFirst().enterprise();
    List<Place> places =
        rows.read(
            "SELECT * FROM enterprise_place WHERE enterprise = ? ORDER BY headcount DESC NULLS LAST, region",
            row ->
                new Place(
                    row.text("region"),
                    row.text("industry"),
                    row.numberOrNull("headcount"),
                    (int) row.number("last_month")),
            enterprise);
    Map<String, @Nullable Long> means = meanBases(rows);
    List<Month> months =
        rows.read(
            "SELECT month, ARG_MAX(industry, headcount) AS industry, SUM(headcount) AS headcount, SUM(hires) AS hires,"
                + " SUM(separations) AS separations, SUM(base_sum) AS base_sum"
                + " FROM enterprise_month WHERE enterprise = ? GROUP BY month ORDER BY month",
            row -> {
              int month = (int) row.number("month");
              Long headcount = row.numberOrNull("headcount");
              return new Month(
                  month,
                  headcount,
                  row.numberOrNull("hires"),
                  row.numberOrNull("separations"),
                  mean(row.numberOrNull("base_sum"), headcount),
                  means.get(row.text("industry") + month));
            },
            enterprise);
    List<Came> came =
        rows.read(
            "SELECT origin, month, people FROM enterprise_origin WHERE enterprise = ?",
            row -> new Came(row.text("origin"), (int) row.number("month"), row.number("people")),
            enterprise);
    int originMonth = came.stream().mapToInt(Came::month).max().orElse(0);
    return new EmployerFile(
        ref,
        numbers.getFirst().name(),
        numbers.stream().map(Number::number).toList(),
        places,
        months,
        originMonth,
        origins(came, originMonth),
        marts.snapshot());
  }

  /** So many people of one origin in one work county. */
  private record Came(String origin, int month, long people) {}

  /** Over all work counties of the scope whose last month is the last of all. */
  private static List<Origin> origins(List<Came> came, int month) {
    Map<String, Long> people = new TreeMap<>();
    came.stream()
        .filter(c -> c.month() == month)
        .forEach(c -> people.merge(c.origin(), c.people(), Long::sum));
    return people.entrySet().stream()
        .map(origin -> new Origin(origin.getKey(), origin.getValue()))
        .sorted(Comparator.comparingLong(Origin::people).reversed())
        .toList();
  }

  /**
   * Mean bases by industry and month within the scope: the same for every file, so they are kept.
   */
  private Map<String, @Nullable Long> meanBases(Rows rows) {
    return peers.get(
        marts.snapshot().id() + " " + scope().region(),
        () -> {
          Map<String, @Nullable Long> means = new HashMap<>();
          rows.read(
              "SELECT industry, month, SUM(base_sum) AS base_sum, SUM(headcount) AS headcount FROM industry_month GROUP BY industry, month",
              row ->
                  means.put(
                      row.text("industry") + row.number("month"),
                      mean(row.numberOrNull("base_sum"), row.numberOrNull("headcount"))));
          return means;
        });
  }

  private static @Nullable Long mean(@Nullable Long sum, @Nullable Long count) {
    return sum == null || count == null || count == 0 ? null : sum / count;
  }

  private static Scope scope() {
    return Current.account().scope();
  }
}
