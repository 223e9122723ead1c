package cn.ganye.server.analysis.internal;

import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Row;
import cn.ganye.server.marts.Rows;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The report of supply and demand: who recruits for how many people, and who looks for work. */
@RestController
@RequestMapping("/api/v1/analysis")
class SupplyDemandController {
  private static final String DEFINITION =
      "招聘单位、岗位、招聘人数：季内在公共招聘网有岗位在招者，同一单位同一地点同名岗位一季计一次，填 999 者人数不详、不计入招聘人数；求职人数：季内任一日失业登记在册者（尚无求职登记）；求人倍率 = 招聘人数 ÷ 求职人数。按季，登记数。";

  /**
   * Supply and demand; null where an office has not sent what it needs.
   *
   * @param unstated posts that do not say how many people are wanted
   * @param graduates of the seekers
   * @param ratio heads wanted by seeker; null too where nobody looks for work
   */
  record SupplyDemandLine(
      String of,
      @Nullable Long units,
      @Nullable Long postings,
      @Nullable Long heads,
      @Nullable Long unstated,
      @Nullable Long seekers,
      @Nullable Long graduates,
      @Nullable Double ratio) {}

  /**
   * The report of a region and quarter.
   *
   * @param quarters the region in each quarter, the oldest first
   * @param regions within it, in the quarter
   * @param industries demand by section, the largest first
   * @param perturbed whether seekers carry noise
   */
  record SupplyDemand(
      String region,
      String period,
      boolean perturbed,
      List<SupplyDemandLine> quarters,
      List<SupplyDemandLine> regions,
      List<SupplyDemandLine> industries,
      Snapshot snapshot) {}

  private final Marts marts;
  private final Disclosure disclosure;

  SupplyDemandController(Marts marts, Disclosure disclosure) {
    this.marts = marts;
    this.disclosure = disclosure;
  }

  /**
   * The report.
   *
   * @param period as 2025Q4; the last whole quarter if none is given
   */
  @GetMapping("/supply-demand")
  @Allowed(figures = true)
  SupplyDemand report(
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false) @Nullable String period) {
    Snapshot snapshot = marts.snapshot();
    Asked asked = new Asked(Current.account(), snapshot);
    String where = asked.region(region);
    List<String> periods =
        marts.inRegion(
            new Scope("", "", FiguresScope.HOME),
            "SELECT DISTINCT period FROM seeker_quarter ORDER BY period",
            row -> row.text("period"));
    if (period != null) {
      asked.known("period", period, periods);
    }
    asked.check();
    String when = period == null ? (periods.isEmpty() ? "" : periods.getLast()) : period;
    boolean exact = disclosure.exact(Current.account().role());
    String within = "SUBSTR(region, 1, " + (where.length() == 2 ? 4 : 6) + ")";
    return marts.inRegion(
        new Scope("", "", where),
        rows ->
            new SupplyDemand(
                where,
                when,
                !exact,
                lines(rows, "period", "TRUE", where, exact),
                lines(rows, within, "period = '" + when + "'", where, exact),
                industries(rows, when, where),
                snapshot));
  }

  private List<SupplyDemandLine> lines(
      Rows rows, String by, String which, String where, boolean exact) {
    String of = " WHERE " + which + " AND region LIKE ? GROUP BY 1)";
    return rows.read(
        "WITH demand AS (SELECT "
            + by
            + " AS of_what"
            + sums("units", "postings", "heads", "unstated")
            + " FROM vacancy_quarter"
            + of
            + ", supply AS (SELECT "
            + by
            + " AS of_what"
            + sums("people", "graduates")
            + ", COALESCE(SUM(cell_key), 0) % 4294967296 AS people_key, COALESCE(SUM(graduates_key), 0) % 4294967296 AS graduates_key"
            + " FROM seeker_quarter"
            + of
            + " SELECT * FROM demand FULL JOIN supply USING (of_what) ORDER BY of_what",
        row -> line(row, exact),
        where + "%",
        where + "%");
  }

  /** Sums that are missing where one of their parts is. */
  private static String sums(String... columns) {
    return Arrays.stream(columns)
        .map(c -> ", CASE WHEN COUNT(*) = COUNT(" + c + ") THEN SUM(" + c + ") END AS " + c)
        .collect(Collectors.joining());
  }

  private SupplyDemandLine line(Row row, boolean exact) {
    Long heads = row.numberOrNull("heads");
    Long seekers = people(row, "people", exact);
    return new SupplyDemandLine(
        row.text("of_what"),
        row.numberOrNull("units"),
        row.numberOrNull("postings"),
        heads,
        row.numberOrNull("unstated"),
        seekers,
        people(row, "graduates", exact),
        heads == null || seekers == null || seekers == 0 ? null : (double) heads / seekers);
  }

  private @Nullable Long people(Row row, String column, boolean exact) {
    Long people = row.numberOrNull(column);
    return people == null || exact
        ? people
        : (Long) disclosure.shown(people, row.number(column + "_key"));
  }

  private static List<SupplyDemandLine> industries(Rows rows, String period, String where) {
    return rows.read(
        "SELECT industry"
            + sums("units", "postings", "heads", "unstated")
            + " FROM vacancy_quarter WHERE period = ? AND region LIKE ? GROUP BY industry ORDER BY heads DESC, industry",
        row ->
            new SupplyDemandLine(
                row.text("industry"),
                row.numberOrNull("units"),
                row.numberOrNull("postings"),
                row.numberOrNull("heads"),
                row.numberOrNull("unstated"),
                null,
                null,
                null),
        period,
        where + "%");
  }

  /** The same as a spreadsheet. */
  @GetMapping(value = "/supply-demand/workbook", produces = Spreadsheet.MEDIA_TYPE)
  @Allowed(figures = true)
  void workbook(
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false) @Nullable String period,
      HttpServletResponse response)
      throws IOException {
    SupplyDemand report = report(region, period);
    Map<String, String> sections =
        Industries.sections().stream().collect(Collectors.toMap(Industry::code, Industry::name));
    try (Spreadsheet book = new Spreadsheet()) {
      book.about(
          List.of(
              List.of("报表", "人力资源市场供求状况"),
              List.of("区划", name(report.region())),
              List.of("时期", report.period()),
              List.of("口径", DEFINITION),
              List.of("空格", "所需的文件没有到齐")),
          report.perturbed(),
          report.snapshot());
      table(book, "逐季", "时期", report.quarters(), Map.of());
      table(
          book,
          "各地",
          "区划",
          report.regions(),
          report.regions().stream()
              .collect(
                  Collectors.toMap(
                      SupplyDemandLine::of, line -> name(line.of()), (one, other) -> one)));
      table(book, "各行业需求", "行业", report.industries(), sections);
      book.send(response, "ganye-supply-demand-" + report.region() + "-" + report.period());
    }
  }

  private static void table(
      Spreadsheet book,
      String name,
      String first,
      List<SupplyDemandLine> lines,
      Map<String, String> names) {
    book.table(
        name,
        List.of(first, "招聘单位", "岗位", "招聘人数", "未说明人数的岗位", "求职人数", "其中高校毕业生", "求人倍率"),
        1,
        lines.stream()
            .map(
                l ->
                    Arrays.<@Nullable Object>asList(
                        names.getOrDefault(l.of(), l.of()),
                        l.units(),
                        l.postings(),
                        l.heads(),
                        l.unstated(),
                        l.seekers(),
                        l.graduates(),
                        l.ratio()))
            .toList());
  }

  private static String name(String region) {
    return Regions.china().find(region).map(Region::name).orElse(region);
  }
}
