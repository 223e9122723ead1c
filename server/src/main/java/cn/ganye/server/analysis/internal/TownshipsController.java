package cn.ganye.server.analysis.internal;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** People of a county by township, in the last month of the snapshot. */
@RestController
@RequestMapping("/api/v1/analysis")
class TownshipsController {
  private static final int COUNTY_DIGITS = 6;
  private static final String EVERYBODY = "";

  /**
   * A township.
   *
   * @param township nine digits; the county's with zeros for those of whom no township is known
   */
  record Township(String township, long people, long employed, long unemployed, long unknown) {}

  record Townships(
      String region,
      String regionBy,
      int month,
      boolean perturbed,
      List<Township> townships,
      Snapshot snapshot) {}

  private record Counted(String township, String status, long people, long key) {}

  private final Marts marts;
  private final Disclosure disclosure;

  TownshipsController(Marts marts, Disclosure disclosure) {
    this.marts = marts;
    this.disclosure = disclosure;
  }

  /**
   * The townships of a county.
   *
   * @param region a county
   * @param regionBy residence or hukou: other places are not known so finely
   */
  @GetMapping("/townships")
  @Allowed(figures = true)
  Townships townships(
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false, defaultValue = "residence") String regionBy) {
    Account account = Current.account();
    Snapshot snapshot = marts.snapshot();
    Asked asked = new Asked(account, snapshot);
    String where = asked.region(region);
    asked.known("regionBy", regionBy, List.of("residence", "hukou"));
    if (where.length() != COUNTY_DIGITS) {
      asked.fault("region", "乡镇按县（市、区）列出，给 6 位区划代码");
    }
    asked.check();
    boolean exact = disclosure.exact(account.role());
    Map<String, Map<String, Counted>> townships = new TreeMap<>();
    for (Counted counted : counted(where, regionBy)) {
      townships
          .computeIfAbsent(counted.township(), t -> new TreeMap<>())
          .put(counted.status(), counted);
    }
    List<Township> shown = new ArrayList<>();
    townships.forEach(
        (township, byStatus) ->
            shown.add(
                new Township(
                    township,
                    shown(byStatus.get(EVERYBODY), exact),
                    shown(byStatus.get("EMPLOYED"), exact),
                    shown(byStatus.get("UNEMPLOYED"), exact),
                    shown(byStatus.get("UNKNOWN"), exact))));
    return new Townships(where, regionBy, snapshot.lastMonth(), !exact, shown, snapshot);
  }

  private long shown(@Nullable Counted counted, boolean exact) {
    return counted == null
        ? 0
        : exact ? counted.people() : disclosure.shown(counted.people(), counted.key());
  }

  private List<Counted> counted(String region, String regionBy) {
    return marts.inRegion(
        new Scope("", "", region),
        "SELECT CAST(township AS VARCHAR) AS township, COALESCE(status, '') AS status, SUM(people) AS people,"
            + " SUM(cell_key) % 4294967296 AS cell_key FROM township_stock WHERE region_by = ?"
            + " GROUP BY GROUPING SETS ((township, status), (township))",
        row ->
            new Counted(
                row.text("township"),
                row.text("status"),
                row.number("people"),
                row.number("cell_key")),
        regionBy);
  }
}
