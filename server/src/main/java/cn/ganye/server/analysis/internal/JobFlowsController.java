package cn.ganye.server.analysis.internal;

import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Row;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs that begin and end: the measures of LEHD's Quarterly Workforce Indicators. */
@RestController
@RequestMapping("/api/v1/analysis")
class JobFlowsController {
  private static final List<String> MEASURES =
      List.of("m", "b", "e", "f", "a", "h", "r", "s", "jc", "jd");

  /**
   * Jobs of a period; null where a file that it needs has not come, or a month lies outside.
   *
   * @param period 202512 or 2025Q4
   * @param all m: jobs at any time in it
   * @param beginning b
   * @param end e
   * @param full f: through all of it
   * @param accessions a
   * @param newHires h: of accessions, who had not worked there in the four quarters before
   * @param recalls r
   * @param separations s
   * @param created jc
   * @param destroyed jd
   */
  record JobFlow(
      String period,
      @Nullable Long all,
      @Nullable Long beginning,
      @Nullable Long end,
      @Nullable Long full,
      @Nullable Long accessions,
      @Nullable Long newHires,
      @Nullable Long recalls,
      @Nullable Long separations,
      @Nullable Long created,
      @Nullable Long destroyed) {}

  /**
   * Flows of a region.
   *
   * @param withheld periods that are not shown because too few jobs stand behind them
   */
  record JobFlows(
      String region,
      String every,
      @Nullable String industry,
      List<JobFlow> flows,
      List<String> withheld,
      Snapshot snapshot) {}

  private final Marts marts;
  private final Disclosure disclosure;
  private final Withheld withheld;
  private final List<String> industries =
      Stream.concat(Industries.sections().stream().map(Industry::code), Stream.of("?")).toList();

  JobFlowsController(Marts marts, Disclosure disclosure, Withheld withheld) {
    this.marts = marts;
    this.disclosure = disclosure;
    this.withheld = withheld;
  }

  /**
   * Flows by month or quarter.
   *
   * @param every month or quarter
   */
  @GetMapping("/jobflows")
  @Allowed(figures = true)
  JobFlows jobFlows(
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false, defaultValue = "month") String every,
      @RequestParam(required = false) @Nullable String industry) {
    Account account = Current.account();
    Snapshot snapshot = marts.snapshot();
    Asked asked = new Asked(account, snapshot);
    asked.known("every", every, List.of("month", "quarter"));
    boolean exact = disclosure.exact(account.role());
    if (industry != null && asked.known("industry", industry, industries) && !exact) {
      asked.fault("industry", "按行业的岗位流动只给县级及以上的工作人员：其中有的格只有一两家单位");
    }
    String where = asked.region(region);
    asked.check();
    StringBuilder sums = new StringBuilder();
    for (String measure : MEASURES) {
      sums.append(", CASE WHEN COUNT(*) = COUNT(")
          .append(measure)
          .append(") THEN SUM(")
          .append(measure)
          .append(") END AS ")
          .append(measure);
    }
    String mart = every.equals("month") ? "flow" : "flow_quarter";
    String sql =
        "SELECT period"
            + sums
            + " FROM "
            + mart
            + (industry == null ? "" : " WHERE industry = ?")
            + " GROUP BY period ORDER BY period";
    List<JobFlow> flows =
        marts.inRegion(
            new Scope("", "", where),
            sql,
            JobFlowsController::flow,
            industry == null ? new Object[0] : new Object[] {industry});
    Set<String> hidden = exact ? Set.of() : hidden(snapshot, mart, where);
    return new JobFlows(
        where,
        every,
        industry,
        flows.stream().filter(f -> !hidden.contains(f.period())).toList(),
        flows.stream().map(JobFlow::period).filter(hidden::contains).toList(),
        snapshot);
  }

  /** Periods in which one of a region's measures is withheld. */
  private Set<String> hidden(Snapshot snapshot, String mart, String region) {
    return MEASURES.stream()
        .flatMap(measure -> withheld.of(snapshot, mart, "period", measure).stream())
        .filter(cell -> cell.region().equals(region))
        .map(Withheld.Cell::period)
        .collect(Collectors.toSet());
  }

  private static JobFlow flow(Row row) {
    return new JobFlow(
        row.text("period"),
        row.numberOrNull("m"),
        row.numberOrNull("b"),
        row.numberOrNull("e"),
        row.numberOrNull("f"),
        row.numberOrNull("a"),
        row.numberOrNull("h"),
        row.numberOrNull("r"),
        row.numberOrNull("s"),
        row.numberOrNull("jc"),
        row.numberOrNull("jd"));
  }
}
