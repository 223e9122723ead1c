package cn.ganye.server.analysis.internal;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who lives in one place and works in another, and who has moved from one work place to another.
 */
@RestController
@RequestMapping("/api/v1/analysis")
class MovementsController {
  private static final int MOST = 500;
  private static final List<String> KINDS =
      List.of("hukou-work", "residence-work", "previous-current");

  /** So many people from one place to another; home counties or cities, else provinces. */
  record Movement(String from, String to, long people) {}

  /**
   * The largest movements that begin or end in a region.
   *
   * @param inside people who stay within the region
   * @param in people who come from outside it
   * @param out people who go outside it
   * @param notKnown people of whom one end is not known
   * @param left movements that are smaller than those shown
   */
  record Movements(
      String kind,
      String region,
      int month,
      boolean perturbed,
      List<Movement> movements,
      long inside,
      long in,
      long out,
      long notKnown,
      int left,
      Snapshot snapshot) {}

  private record Pair(String from, String to, long people, long key) {
    boolean employed() {
      return !from.equals("00") && !to.equals("00");
    }

    boolean known() {
      return !from.equals("99") && !to.equals("99");
    }
  }

  private final Marts marts;
  private final Disclosure disclosure;

  MovementsController(Marts marts, Disclosure disclosure) {
    this.marts = marts;
    this.disclosure = disclosure;
  }

  /**
   * Movements between places.
   *
   * @param kind hukou-work, residence-work, or previous-current: last month's place of work
   * @param level of home places: city or county
   * @param most so many, at most 500
   */
  @GetMapping("/movements")
  @Allowed(figures = true)
  Movements movements(
      @RequestParam(required = false, defaultValue = "hukou-work") String kind,
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false, defaultValue = "county") String level,
      @RequestParam(required = false) @Nullable Integer month,
      @RequestParam(required = false, defaultValue = "60") int most) {
    Account account = Current.account();
    Snapshot snapshot = marts.snapshot();
    Asked asked = new Asked(account, snapshot);
    asked.known("kind", kind, KINDS);
    asked.known("level", level, List.of("city", "county"));
    int when = asked.month("month", month);
    String where = asked.region(region);
    if (most < 1 || most > MOST) {
      asked.fault("most", "应在 1 至 " + MOST + " 之间");
    }
    asked.check();
    List<Pair> pairs = pairs(where, level.equals("city") ? 4 : 6, kind, when);
    boolean exact = disclosure.exact(account.role());
    List<Movement> moved =
        pairs.stream()
            .filter(p -> p.employed() && p.known() && !p.from().equals(p.to()))
            .map(p -> new Movement(p.from(), p.to(), shown(List.of(p), exact)))
            .filter(m -> m.people() > 0)
            .sorted(
                Comparator.comparingLong(Movement::people)
                    .reversed()
                    .thenComparing(Movement::from)
                    .thenComparing(Movement::to))
            .toList();
    List<Pair> inside = new ArrayList<>();
    List<Pair> in = new ArrayList<>();
    List<Pair> out = new ArrayList<>();
    List<Pair> notKnown = new ArrayList<>();
    for (Pair pair : pairs.stream().filter(Pair::employed).toList()) {
      boolean starts = pair.from().startsWith(where);
      boolean ends = pair.to().startsWith(where);
      (!pair.known() ? notKnown : starts && ends ? inside : starts ? out : in).add(pair);
    }
    return new Movements(
        kind,
        where,
        when,
        !exact,
        moved.stream().limit(most).toList(),
        shown(inside, exact),
        shown(in, exact),
        shown(out, exact),
        shown(notKnown, exact),
        Math.max(0, moved.size() - most),
        snapshot);
  }

  private long shown(List<Pair> pairs, boolean exact) {
    long people = pairs.stream().mapToLong(Pair::people).sum();
    return exact ? people : disclosure.shown(people, pairs.stream().mapToLong(Pair::key).sum());
  }

  private List<Pair> pairs(String region, int digits, String kind, int month) {
    String home = FiguresScope.HOME;
    return marts.inRegion(
        new Scope("", "", region),
        "SELECT "
            + place("from_region", home, digits)
            + " AS origin, "
            + place("to_region", home, digits)
            + " AS destination, SUM(people) AS people, SUM(cell_key) % 4294967296 AS cell_key"
            + " FROM od WHERE month = ? AND kind = ? GROUP BY ALL",
        row ->
            new Pair(
                row.text("origin"),
                row.text("destination"),
                row.number("people"),
                row.number("cell_key")),
        month,
        kind);
  }

  private static String place(String column, String home, int digits) {
    return "CASE WHEN "
        + column
        + " LIKE '"
        + home
        + "%' THEN SUBSTR("
        + column
        + ", 1, "
        + digits
        + ") ELSE SUBSTR("
        + column
        + ", 1, 2) END";
  }
}
