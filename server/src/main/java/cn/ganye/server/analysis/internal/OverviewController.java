package cn.ganye.server.analysis.internal;

import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Kept;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Rows;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.util.List;
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
  private static final int KEPT = 500;

  private final Marts marts;

  /** A view follows from snapshot, region and month alone. */
  private final Kept<Overview> kept = new Kept<>(KEPT);

  private volatile String madeAhead = "";

  OverviewController(Marts marts) {
    this.marts = marts;
  }

  /** People by inferred status in a month, by residence. */
  record Stand(
      int month,
      long people,
      long workingAge,
      long employed,
      long unemployed,
      long outside,
      long unknown,
      long notCovered) {}

  /** A region within, now and a year before; null where the month before is not in the window. */
  record Within(
      String region,
      long people,
      long employed,
      long unemployed,
      long unknown,
      @Nullable Long employedBefore) {}

  /** Jobs of a month: accessions and separations; null where a month is not covered. */
  record Flow(int month, @Nullable Long hires, @Nullable Long separations) {}

  /** An industry's jobs at the end of the month, and a year before. */
  record IndustryLine(String industry, long employed, @Nullable Long before) {}

  record Basis(String basis, long people) {}

  /** A sender whose file of the month has not come. */
  record Missing(String dataset, String sender, String region, int month, String state) {}

  record Overview(
      String region,
      int month,
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
    return keptOverview(where, when, snapshot);
  }

  /** Those of the province and its cities are asked for first: made ahead for each snapshot. */
  @Scheduled(fixedDelay = 3_000, initialDelay = 1_000)
  void makeAhead() {
    Snapshot snapshot = marts.snapshot();
    if (snapshot.id().equals(madeAhead)) {
      return;
    }
    keptOverview(FiguresScope.HOME, snapshot.lastMonth(), snapshot);
    for (Region city : Regions.china().children(FiguresScope.HOME)) {
      keptOverview(city.code(), snapshot.lastMonth(), snapshot);
    }
    madeAhead = snapshot.id();
  }

  private Overview keptOverview(String where, int when, Snapshot snapshot) {
    return kept.get(
        snapshot.id() + " " + where + " " + when, () -> overview(where, when, snapshot));
  }

  private Overview overview(String where, int when, Snapshot snapshot) {
    return marts.inRegion(
        new Scope("", "", where),
        rows ->
            new Overview(
                where,
                when,
                months(rows),
                regions(rows, where, when),
                flows(rows),
                industries(rows, when),
                bases(rows, when),
                missing(rows, when),
                snapshot));
  }

  private List<Stand> months(Rows rows) {
    return rows.read(
        "SELECT month, SUM(people) AS people,"
            + " SUM(CASE WHEN age_group BETWEEN 16 AND 55 THEN people ELSE 0 END) AS working_age,"
            + " SUM(CASE WHEN status = 'EMPLOYED' THEN people ELSE 0 END) AS employed,"
            + " SUM(CASE WHEN status = 'UNEMPLOYED' THEN people ELSE 0 END) AS unemployed,"
            + " SUM(CASE WHEN status = 'OUTSIDE_LABOUR_FORCE' THEN people ELSE 0 END) AS outside,"
            + " SUM(CASE WHEN status = 'UNKNOWN' THEN people ELSE 0 END) AS unknown,"
            + " SUM(CASE WHEN basis = 'not-covered' THEN people ELSE 0 END) AS not_covered"
            + " FROM status_month WHERE region_by = 'residence' GROUP BY month ORDER BY month",
        row ->
            new Stand(
                (int) row.number("month"),
                row.number("people"),
                row.number("working_age"),
                row.number("employed"),
                row.number("unemployed"),
                row.number("outside"),
                row.number("unknown"),
                row.number("not_covered")));
  }

  private List<Within> regions(Rows rows, String where, int month) {
    int digits = where.length() == 2 ? CITY_CODE : 6;
    return rows.read(
        "WITH now AS (SELECT SUBSTR(region, 1, "
            + digits
            + ") AS within, SUM(people) AS people,"
            + " SUM(CASE WHEN status = 'EMPLOYED' THEN people ELSE 0 END) AS employed,"
            + " SUM(CASE WHEN status = 'UNEMPLOYED' THEN people ELSE 0 END) AS unemployed,"
            + " SUM(CASE WHEN status = 'UNKNOWN' THEN people ELSE 0 END) AS unknown"
            + " FROM status_month WHERE region_by = 'residence' AND month = ? GROUP BY 1),"
            + " before AS (SELECT SUBSTR(region, 1, "
            + digits
            + ") AS within, SUM(people) AS employed FROM status_month"
            + " WHERE region_by = 'residence' AND status = 'EMPLOYED' AND month = ? GROUP BY 1)"
            + " SELECT n.*, b.employed AS employed_before FROM now n LEFT JOIN before b ON b.within = n.within ORDER BY n.within",
        row ->
            new Within(
                row.text("within"),
                row.number("people"),
                row.number("employed"),
                row.number("unemployed"),
                row.number("unknown"),
                row.numberOrNull("employed_before")),
        month,
        month - 100);
  }

  private List<Flow> flows(Rows rows) {
    return rows.read(
        "SELECT period, CASE WHEN COUNT(*) = COUNT(a) THEN SUM(a) END AS hires,"
            + " CASE WHEN COUNT(*) = COUNT(s) THEN SUM(s) END AS separations FROM flow GROUP BY period ORDER BY period",
        row ->
            new Flow(
                Integer.parseInt(row.text("period")),
                row.numberOrNull("hires"),
                row.numberOrNull("separations")));
  }

  private List<IndustryLine> industries(Rows rows, int month) {
    return rows.read(
        "WITH now AS (SELECT industry, SUM(people) AS people FROM employed_month WHERE region_by = 'work' AND month = ? GROUP BY industry),"
            + " before AS (SELECT industry, SUM(people) AS people FROM employed_month WHERE region_by = 'work' AND month = ? GROUP BY industry)"
            + " SELECT n.industry, n.people AS now, b.people AS before FROM now n LEFT JOIN before b ON b.industry = n.industry ORDER BY now DESC",
        row ->
            new IndustryLine(row.text("industry"), row.number("now"), row.numberOrNull("before")),
        month,
        month - 100);
  }

  private List<Basis> bases(Rows rows, int month) {
    return rows.read(
        "SELECT basis, SUM(people) AS people FROM status_month WHERE region_by = 'residence' AND month = ? GROUP BY basis ORDER BY people DESC",
        row -> new Basis(row.text("basis"), row.number("people")),
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
