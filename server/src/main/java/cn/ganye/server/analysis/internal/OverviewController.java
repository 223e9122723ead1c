package cn.ganye.server.analysis.internal;

import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.analysis.internal.Unreported.Offices;
import cn.ganye.server.marts.Kept;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Row;
import cn.ganye.server.marts.Rows;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How employment stands in a region and month, where it changes, and what is missing. */
@RestController
@RequestMapping("/api/v1/overview")
class OverviewController {
  private static final int CITY_CODE = 4;
  private static final int COUNTY_CODE = 6;
  private static final int KEPT = 500;

  private final Marts marts;
  private final Disclosure disclosure;
  private final Withheld withheld;
  private final Unreported unreported;

  /** A view follows from snapshot, region, month and whether its counts carry noise. */
  private final Kept<Overview> kept = new Kept<>(KEPT);

  private volatile String madeAhead = "";

  OverviewController(Marts marts, Disclosure disclosure, Withheld withheld, Unreported unreported) {
    this.marts = marts;
    this.disclosure = disclosure;
    this.withheld = withheld;
    this.unreported = unreported;
  }

  /**
   * People by inferred status in a month, by residence.
   *
   * @param covered whether their files have come; else nothing may be compared with it
   */
  record Stand(
      int month,
      long people,
      long workingAge,
      long employed,
      long unemployed,
      long outside,
      long unknown,
      long notCovered,
      boolean covered) {}

  /**
   * A region within, now and a year before.
   *
   * @param covered whether their files have come; else its counts would look like a fall
   * @param employedBefore null where the month before is not in the window or not covered
   */
  record Within(
      String region,
      long people,
      long employed,
      long unemployed,
      long unknown,
      boolean covered,
      @Nullable Long employedBefore) {}

  /** Jobs of a month: accessions and separations; null where a month is not covered. */
  record Flow(int month, @Nullable Long hires, @Nullable Long separations) {}

  /** An industry's jobs at the end of the month, and a year before. */
  record IndustryLine(String industry, long employed, @Nullable Long before) {}

  record Basis(String basis, long people) {}

  /** A sender whose file of the month has not come. */
  record Missing(String dataset, String sender, String region, int month, String state) {}

  /**
   * How a region stands.
   *
   * @param perturbed whether counts of people carry noise, and flows of few jobs are withheld
   */
  record Overview(
      String region,
      int month,
      boolean perturbed,
      List<Stand> months,
      List<Within> regions,
      List<Flow> flows,
      List<IndustryLine> industries,
      List<Basis> bases,
      List<Missing> missing,
      Snapshot snapshot) {}

  @GetMapping
  @Allowed(figures = true)
  Overview overview(
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false) @Nullable Integer month) {
    Snapshot snapshot = marts.snapshot();
    Asked asked = new Asked(Current.account(), snapshot);
    String where = asked.region(region);
    int when = asked.month("month", month);
    asked.check();
    return keptOverview(where, when, disclosure.exact(Current.account().role()), snapshot);
  }

  /** Those of the province and its cities are asked for first: made ahead for each snapshot. */
  @Scheduled(fixedDelay = 3_000, initialDelay = 1_000)
  void makeAhead() {
    Snapshot snapshot = marts.snapshot();
    if (snapshot.id().equals(madeAhead)) {
      return;
    }
    keptOverview(FiguresScope.HOME, snapshot.lastMonth(), true, snapshot);
    for (Region city : Regions.china().children(FiguresScope.HOME)) {
      keptOverview(city.code(), snapshot.lastMonth(), true, snapshot);
    }
    madeAhead = snapshot.id();
  }

  private Overview keptOverview(String where, int when, boolean exact, Snapshot snapshot) {
    return kept.get(
        String.join(" ", snapshot.id(), where, Integer.toString(when), exact ? "exact" : ""),
        () -> overview(where, when, exact, snapshot));
  }

  private Overview overview(String where, int when, boolean exact, Snapshot snapshot) {
    Counts counts = exact ? Row::number : this::shown;
    Offices offices = unreported.of(snapshot);
    return marts.inRegion(
        new Scope("", "", where),
        rows -> {
          return new Overview(
              where,
              when,
              !exact,
              months(rows, where, offices, counts),
              regions(rows, where, when, offices, counts),
              flows(rows, exact ? Set.of() : fewJobs(snapshot, where)),
              industries(rows, when, counts),
              bases(rows, when, counts),
              missing(rows, when),
              snapshot);
        });
  }

  /** Reads a count of people and, if need be, puts its noise on. */
  @FunctionalInterface
  private interface Counts {
    long of(Row row, String column);
  }

  private long shown(Row row, String column) {
    return disclosure.shown(row.number(column), row.number(column + "_key"));
  }

  /** A count of the people of whom a condition holds, and the key for its noise. */
  private static String counted(String column, String condition) {
    String when = "CASE WHEN " + condition + " THEN ";
    return ", COALESCE(SUM("
        + when
        + "people END), 0) AS "
        + column
        + ", COALESCE(SUM("
        + when
        + "cell_key END), 0) % 4294967296 AS "
        + column
        + "_key";
  }

  private static final String BY_STATUS =
      counted("people", "TRUE")
          + counted("employed", "status = 'EMPLOYED'")
          + counted("unemployed", "status = 'UNEMPLOYED'")
          + counted("unknown", "status = 'UNKNOWN'")
          + counted("not_covered", "basis = 'not-covered'");

  /**
   * Whether counts of a region are whole: no office within has failed to send, and few people there
   * hang on one that sends for a larger region.
   */
  private static boolean whole(
      Offices unreported, String region, int month, long notCovered, long people) {
    return notCovered <= people * FiguresReader.UNCOVERED
        && unreported.within(region, month).isEmpty();
  }

  private List<Stand> months(Rows rows, String where, Offices unreported, Counts counts) {
    return rows.read(
        "SELECT month"
            + BY_STATUS
            + counted("working_age", "age_group BETWEEN 16 AND 55")
            + counted("outside", "status = 'OUTSIDE_LABOUR_FORCE'")
            + " FROM status_month WHERE region_by = 'residence' GROUP BY month ORDER BY month",
        row ->
            new Stand(
                (int) row.number("month"),
                counts.of(row, "people"),
                counts.of(row, "working_age"),
                counts.of(row, "employed"),
                counts.of(row, "unemployed"),
                counts.of(row, "outside"),
                counts.of(row, "unknown"),
                counts.of(row, "not_covered"),
                whole(
                    unreported,
                    where,
                    (int) row.number("month"),
                    row.number("not_covered"),
                    row.number("people"))));
  }

  private List<Within> regions(
      Rows rows, String where, int month, Offices unreported, Counts counts) {
    String within = "SUBSTR(region, 1, " + (where.length() == 2 ? CITY_CODE : COUNTY_CODE) + ")";
    return rows.read(
        "WITH now AS (SELECT "
            + within
            + " AS within"
            + BY_STATUS
            + " FROM status_month WHERE region_by = 'residence' AND month = ? GROUP BY 1),"
            + " before AS (SELECT "
            + within
            + " AS within"
            + BY_STATUS
            + " FROM status_month WHERE region_by = 'residence' AND month = ? GROUP BY 1)"
            + " SELECT n.*, b.people AS people_before, b.not_covered AS not_covered_before,"
            + " b.employed AS employed_before, b.employed_key AS employed_before_key"
            + " FROM now n LEFT JOIN before b ON b.within = n.within ORDER BY n.within",
        row ->
            new Within(
                row.text("within"),
                counts.of(row, "people"),
                counts.of(row, "employed"),
                counts.of(row, "unemployed"),
                counts.of(row, "unknown"),
                whole(
                    unreported,
                    row.text("within"),
                    month,
                    row.number("not_covered"),
                    row.number("people")),
                whole(
                        unreported,
                        row.text("within"),
                        month - 100,
                        row.number("not_covered_before"),
                        row.number("people_before"))
                    ? before(row, "employed_before", counts)
                    : null),
        month,
        month - 100);
  }

  private static @Nullable Long before(Row row, String column, Counts counts) {
    return row.numberOrNull(column) == null ? null : counts.of(row, column);
  }

  private Set<String> fewJobs(Snapshot snapshot, String region) {
    return Stream.of("a", "s")
        .flatMap(count -> withheld.of(snapshot, "flow", "period", count).stream())
        .filter(cell -> cell.region().equals(region))
        .map(Withheld.Cell::period)
        .collect(Collectors.toSet());
  }

  private List<Flow> flows(Rows rows, Set<String> few) {
    return rows
        .read(
            "SELECT period, CASE WHEN COUNT(*) = COUNT(a) THEN SUM(a) END AS hires,"
                + " CASE WHEN COUNT(*) = COUNT(s) THEN SUM(s) END AS separations FROM flow GROUP BY period ORDER BY period",
            row ->
                new Flow(
                    Integer.parseInt(row.text("period")),
                    row.numberOrNull("hires"),
                    row.numberOrNull("separations")))
        .stream()
        .map(f -> few.contains(Integer.toString(f.month())) ? new Flow(f.month(), null, null) : f)
        .toList();
  }

  private List<IndustryLine> industries(Rows rows, int month, Counts counts) {
    String jobs = " FROM employed_month WHERE region_by = 'work' AND month = ? GROUP BY industry";
    return rows.read(
        "WITH now AS (SELECT industry"
            + counted("now", "TRUE")
            + jobs
            + "), before AS (SELECT industry"
            + counted("before", "TRUE")
            + jobs
            + ") SELECT n.*, b.before, b.before_key FROM now n LEFT JOIN before b ON b.industry = n.industry ORDER BY now DESC",
        row ->
            new IndustryLine(
                row.text("industry"), counts.of(row, "now"), before(row, "before", counts)),
        month,
        month - 100);
  }

  private List<Basis> bases(Rows rows, int month, Counts counts) {
    return rows.read(
        "SELECT basis"
            + counted("people", "TRUE")
            + " FROM status_month WHERE region_by = 'residence' AND month = ? GROUP BY basis ORDER BY people DESC",
        row -> new Basis(row.text("basis"), counts.of(row, "people")),
        month);
  }

  private List<Missing> missing(Rows rows, int month) {
    return rows.read(
        "SELECT dataset, sender, region, month, state FROM coverage WHERE month = ? AND state IN ('missing', 'partial') ORDER BY dataset, region LIMIT 200",
        row ->
            new Missing(
                row.text("dataset"),
                row.text("sender"),
                row.text("region"),
                (int) row.number("month"),
                row.text("state")),
        month);
  }
}
