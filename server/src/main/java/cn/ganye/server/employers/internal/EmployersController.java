package cn.ganye.server.employers.internal;

import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.marts.EmployerRecord;
import cn.ganye.server.marts.Kept;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.storage.Scope;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  private final KeyEnterprises keys;

  EmployersController(Marts marts, KeyEnterprises keys) {
    this.marts = marts;
    this.keys = keys;
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

  /**
   * One enterprise as it is within the scope.
   *
   * @param namings as a key enterprise, by the offices above and below
   * @param mayName whether the account's office keeps a list of its own
   */
  record EmployerFile(
      UUID ref,
      String name,
      List<String> numbers,
      List<Place> places,
      List<Month> months,
      int originMonth,
      List<Origin> origins,
      List<KeyEnterprises.Naming> namings,
      boolean mayName,
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
    EmployerRecord employer =
        marts.employer(scope(), ref).orElseThrow(() -> Problem.notFound("该单位"));
    int originMonth =
        employer.origins().stream().mapToInt(EmployerRecord.Origin::month).max().orElse(0);
    return new EmployerFile(
        ref,
        employer.name(),
        employer.numbers(),
        places(employer.months()),
        months(employer.months(), meanBases()),
        originMonth,
        origins(employer.origins(), originMonth),
        keys.of(ref),
        KeyEnterprises.NAMING.contains(Current.account().role()),
        marts.snapshot());
  }

  /** Where it has jobs, as of the last month told for each county; the largest first. */
  private static List<Place> places(List<EmployerRecord.Month> worked) {
    Map<String, EmployerRecord.Month> last = new TreeMap<>();
    worked.stream()
        .filter(w -> w.headcount() != null)
        .forEach(w -> last.merge(w.region(), w, (a, b) -> a.month() > b.month() ? a : b));
    return last.values().stream()
        .sorted(Comparator.comparingLong((EmployerRecord.Month w) -> or0(w.headcount())).reversed())
        .map(w -> new Place(w.region(), w.industry(), w.headcount(), w.month()))
        .toList();
  }

  /** All counties of the scope together, month by month. */
  private static List<Month> months(
      List<EmployerRecord.Month> worked, Map<String, @Nullable Long> means) {
    Map<Integer, List<EmployerRecord.Month>> months =
        worked.stream()
            .collect(
                Collectors.groupingBy(
                    EmployerRecord.Month::month, TreeMap::new, Collectors.toList()));
    return months.entrySet().stream()
        .map(
            month -> {
              List<EmployerRecord.Month> there = month.getValue();
              EmployerRecord.Month largest =
                  Collections.max(there, Comparator.comparingLong(w -> or0(w.headcount())));
              Long headcount = sum(there, EmployerRecord.Month::headcount);
              return new Month(
                  month.getKey(),
                  headcount,
                  sum(there, EmployerRecord.Month::hires),
                  sum(there, EmployerRecord.Month::separations),
                  mean(sum(there, EmployerRecord.Month::baseSum), headcount),
                  means.get(largest.industry() + month.getKey()));
            })
        .toList();
  }

  private static @Nullable Long sum(
      List<EmployerRecord.Month> worked, Function<EmployerRecord.Month, @Nullable Long> figure) {
    return worked.stream().map(figure).filter(Objects::nonNull).reduce(Long::sum).orElse(null);
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  /** Over all work counties of the scope whose last month is the last of all. */
  private static List<Origin> origins(List<EmployerRecord.Origin> came, int month) {
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
  private Map<String, @Nullable Long> meanBases() {
    return peers.get(
        marts.snapshot().id() + " " + scope().region(),
        () -> {
          Map<String, @Nullable Long> means = new HashMap<>();
          marts.inRegion(
              scope(),
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
