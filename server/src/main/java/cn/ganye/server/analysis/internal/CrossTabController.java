package cn.ganye.server.analysis.internal;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Kept;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Row;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.problems.Problem.Fault;
import cn.ganye.server.storage.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts of people by up to three dimensions and two filters. Exact for staff within their county
 * or above; for everybody else each count carries the noise of its cell.
 */
@RestController
@RequestMapping("/api/v1/analysis")
class CrossTabController {
  private static final int DIMENSIONS = 3;
  private static final int FILTERS = 2;
  private static final int CELLS = 20_000;
  private static final Set<String> FULL_GRAIN = Set.of("residence", "work");

  /** One cell: the codes of its dimensions, in their order, and how many people. */
  record Cell(List<String> codes, long people) {}

  /**
   * A table.
   *
   * @param perturbed whether each count carries noise: then cells do not add up to the total
   * @param total of all cells together; with noise of its own if perturbed
   */
  record CrossTab(
      String region,
      int month,
      String regionBy,
      @Nullable String group,
      List<String> dimensions,
      boolean perturbed,
      List<Cell> cells,
      long total,
      Snapshot snapshot) {}

  private record Counted(List<String> codes, long people, long key) {}

  private static final int KEPT = 500;

  private final Marts marts;
  private final Kept<List<Counted>> kept = new Kept<>(KEPT);
  private final Disclosure disclosure;
  private final List<String> regionBy = Contracts.builtIn().list("region-by").codes();
  private final List<String> groups = Contracts.builtIn().list("key-group").codes();

  CrossTabController(Marts marts, Disclosure disclosure) {
    this.marts = marts;
    this.disclosure = disclosure;
  }

  /**
   * A table of people.
   *
   * @param dimensions one to three, as {@code status,sex}
   * @param filters at most two, as {@code status:EMPLOYED|UNEMPLOYED,sex:2}
   * @param region of the account's region or below; the account's own if not given
   * @param regionBy which of a person's four places counts
   * @param group a key group, whose members alone are counted
   * @param since first month of a table by months, up to {@code month}
   */
  @GetMapping("/crosstab")
  @Allowed(figures = true)
  CrossTab table(
      @RequestParam String dimensions,
      @RequestParam(required = false, defaultValue = "") String filters,
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false, defaultValue = "residence") String regionBy,
      @RequestParam(required = false) @Nullable Integer month,
      @RequestParam(required = false) @Nullable String group,
      @RequestParam(required = false) @Nullable Integer since) {
    Account account = Current.account();
    Snapshot snapshot = marts.snapshot();
    Wanted wanted =
        wanted(account, snapshot, dimensions, filters, region, regionBy, month, group, since);
    List<Counted> counted = kept.get(snapshot.id() + " " + wanted, () -> counted(wanted));
    if (counted.size() > CELLS) {
      throw Problem.invalid(
          new Fault("dimensions", "这张表有 " + counted.size() + " 格，超过 " + CELLS + "；减少维度或加筛选"));
    }
    boolean perturbed = !disclosure.exact(account.role());
    List<Cell> cells =
        counted.stream()
            .map(
                c ->
                    new Cell(
                        c.codes(), perturbed ? disclosure.shown(c.people(), c.key()) : c.people()))
            .toList();
    long people = counted.stream().mapToLong(Counted::people).sum();
    long key = counted.stream().mapToLong(Counted::key).sum();
    return new CrossTab(
        wanted.region(),
        wanted.month(),
        regionBy,
        group,
        wanted.dimensions().stream().map(Dimension::word).toList(),
        perturbed,
        cells,
        perturbed ? disclosure.shown(people, key) : people,
        snapshot);
  }

  /** The same as a spreadsheet: codes and their names, and the count of each cell. */
  @GetMapping(value = "/crosstab/workbook", produces = Spreadsheet.MEDIA_TYPE)
  @Allowed(figures = true)
  void workbook(
      @RequestParam String dimensions,
      @RequestParam(required = false, defaultValue = "") String filters,
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false, defaultValue = "residence") String regionBy,
      @RequestParam(required = false) @Nullable Integer month,
      @RequestParam(required = false) @Nullable String group,
      @RequestParam(required = false) @Nullable Integer since,
      HttpServletResponse response)
      throws IOException {
    CrossTab table = table(dimensions, filters, region, regionBy, month, group, since);
    try (Spreadsheet book = CrossTabWorkbook.of(table, filters)) {
      book.send(response, "ganye-crosstab-" + table.region() + "-" + table.month());
    }
  }

  private List<Counted> counted(Wanted wanted) {
    return marts.inRegion(
        new Scope("", "", wanted.region()),
        wanted.sql(),
        row -> counted(row, wanted.dimensions()),
        wanted.parameters());
  }

  private static Counted counted(Row row, List<Dimension> dimensions) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      codes.add(row.text("d" + i));
    }
    return new Counted(codes, row.number("people"), row.number("cell_key"));
  }

  /** A request that was understood. */
  private record Wanted(
      List<Dimension> dimensions,
      Map<Dimension, List<String>> filters,
      String region,
      String regionBy,
      int month,
      @Nullable String group,
      int since) {

    String sql() {
      StringBuilder select = new StringBuilder("SELECT ");
      for (int i = 0; i < dimensions.size(); i++) {
        select.append(column(dimensions.get(i))).append(" AS d").append(i).append(", ");
      }
      select
          .append("SUM(people) AS people, SUM(cell_key) % 4294967296 AS cell_key FROM ")
          .append(group == null ? "stock" : "group_stock")
          .append(since == month ? "_" + month : "")
          .append(" WHERE month BETWEEN ? AND ? AND region_by = ?");
      if (group != null) {
        select.append(" AND key_group = ?");
      }
      filters.forEach(
          (dimension, codes) ->
              select
                  .append(" AND ")
                  .append(column(dimension))
                  .append(" IN (")
                  .append(codes.stream().map(c -> "?").collect(Collectors.joining(", ")))
                  .append(")"));
      return select.append(" GROUP BY ALL ORDER BY ALL").toString();
    }

    private String column(Dimension dimension) {
      return switch (dimension) {
        case REGION -> "SUBSTR(region, 1, " + (region.length() == 2 ? 4 : 6) + ")";
        case AGE_GROUP, MONTH -> "CAST(" + dimension.word() + " AS VARCHAR)";
        default -> dimension.word();
      };
    }

    Object[] parameters() {
      List<Object> parameters = new ArrayList<>(List.of(since, month, regionBy));
      if (group != null) {
        parameters.add(group);
      }
      filters.values().forEach(parameters::addAll);
      return parameters.toArray();
    }
  }

  private Wanted wanted(
      Account account,
      Snapshot snapshot,
      String dimensions,
      String filters,
      @Nullable String region,
      String regionBy,
      @Nullable Integer month,
      @Nullable String group,
      @Nullable Integer since) {
    Asked asked = new Asked(account, snapshot);
    List<Dimension> by = dimensions(dimensions, asked);
    Map<Dimension, List<String>> only = Dimension.filters("filters", filters, asked);
    if (only.size() > FILTERS) {
      asked.fault("filters", "一次最多 " + FILTERS + " 个筛选");
    }
    asked.known("regionBy", regionBy, this.regionBy);
    if (group != null) {
      asked.known("group", group, groups);
    }
    for (Dimension dimension : Set.copyOf(concat(by, only.keySet()))) {
      if (dimension.needsFullGrain() && !FULL_GRAIN.contains(regionBy)) {
        asked.fault("regionBy", "按" + dimension.title() + "只能看常住（residence）或就业（work）");
      }
      if (dimension.missingInGroups() && group != null) {
        asked.fault("group", "重点群体没有按" + dimension.title() + "的数字");
      }
    }
    int when = asked.month("month", month);
    int first = since == null ? when : asked.month("since", since);
    if (by.contains(Dimension.MONTH) != (since != null)) {
      asked.fault("since", "按月份（month）列出要给起始月 since；给了 since 也要按月份列出");
    }
    if (first > when) {
      asked.fault("since", "应不晚于 " + when);
    }
    if (only.containsKey(Dimension.MONTH)) {
      asked.fault("filters", "月份用 since 和 month 限定");
    }
    String where = asked.region(region);
    asked.check();
    return new Wanted(by, only, where, regionBy, when, group, first);
  }

  private static List<Dimension> concat(List<Dimension> one, Set<Dimension> other) {
    List<Dimension> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private static List<Dimension> dimensions(String text, Asked asked) {
    List<Dimension> dimensions = new ArrayList<>();
    for (String word : text.split(",")) {
      asked.known("dimensions", word, Dimension.words());
      Dimension.of(word).filter(d -> !dimensions.contains(d)).ifPresent(dimensions::add);
    }
    if (dimensions.size() > DIMENSIONS) {
      asked.fault("dimensions", "一次最多 " + DIMENSIONS + " 个维度");
    }
    return dimensions;
  }
}
