package cn.ganye.server.analysis.internal;

import cn.ganye.server.marts.Kept;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import cn.ganye.statistics.disclosure.Suppression;
import cn.ganye.statistics.disclosure.Suppression.Relation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What of a mart without keys is withheld from those without person-level right: counts below ten,
 * and with them complements among counties, cities and the province, so that no sum gives one away.
 * The same cells for everybody, whatever region and level is asked for.
 */
@Component
public class Withheld {
  /** The least count that is shown. */
  static final long FEWEST = 10;

  private static final int KEPT = 100;
  private static final int CITY_DIGITS = 4;

  /**
   * A cell.
   *
   * @param region two, four or six digits
   */
  public record Cell(String region, String period) {}

  private record Counted(String region, String period, @Nullable Long count) {}

  private final Marts marts;
  private final Kept<Set<Cell>> kept = new Kept<>(KEPT);

  /** For the application. */
  public Withheld(Marts marts) {
    this.marts = marts;
  }

  /**
   * The cells that are not shown.
   *
   * @param mart what to select from, with columns region and period
   * @param period its column
   * @param count SQL of a term whose sum by county and period is the count
   */
  public Set<Cell> of(Snapshot snapshot, String mart, String period, String count) {
    return kept.get(
        String.join(" ", snapshot.id(), mart, period, count), () -> cells(mart, period, count));
  }

  private Set<Cell> cells(String mart, String period, String count) {
    String sql =
        "SELECT region, %1$s AS period, CASE WHEN COUNT(*) = COUNT(%2$s) THEN CAST(SUM(%2$s) AS BIGINT) END AS counted FROM %3$s WHERE region LIKE ? GROUP BY region, %1$s"
            .formatted(period, count, mart);
    Map<String, Map<String, @Nullable Long>> byPeriod = new HashMap<>();
    marts
        .inRegion(
            new Scope("", "", FiguresScope.HOME),
            sql,
            row -> new Counted(row.text("region"), row.text("period"), row.numberOrNull("counted")),
            FiguresScope.HOME + "%")
        .forEach(
            c ->
                byPeriod
                    .computeIfAbsent(c.period(), p -> new TreeMap<>())
                    .put(c.region(), c.count()));
    Set<Cell> cells = new HashSet<>();
    byPeriod.forEach(
        (when, counties) -> regions(counties).forEach(region -> cells.add(new Cell(region, when))));
    return cells;
  }

  /**
   * The regions of one period; where a county has no count, its city and the province have none.
   */
  private static List<String> regions(Map<String, @Nullable Long> counties) {
    Map<String, List<String>> cities = new TreeMap<>();
    counties
        .keySet()
        .forEach(
            county ->
                cities
                    .computeIfAbsent(county.substring(0, CITY_DIGITS), c -> new ArrayList<>())
                    .add(county));
    Table table = new Table();
    counties.forEach(
        (county, count) -> {
          if (count != null) {
            table.add(county, count);
          }
        });
    cities.forEach(table::sum);
    table.sum(FiguresScope.HOME, List.copyOf(cities.keySet()));
    BitSet gaps = Suppression.of(table.counts(), table.relations, FEWEST);
    return gaps.stream().mapToObj(table.names::get).toList();
  }

  /** Cells by name, and what adds up to what. */
  private static final class Table {
    private final List<String> names = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final Map<String, Integer> index = new HashMap<>();
    private final List<Relation> relations = new ArrayList<>();

    void add(String name, long count) {
      index.put(name, names.size());
      names.add(name);
      counts.add(count);
    }

    /** Adds a total, if it has all of its parts. */
    void sum(String name, List<String> parts) {
      if (index.keySet().containsAll(parts)) {
        List<Integer> cells = parts.stream().map(index::get).toList();
        add(name, cells.stream().mapToLong(counts::get).sum());
        relations.add(new Relation(names.size() - 1, cells));
      }
    }

    long[] counts() {
      return counts.stream().mapToLong(Long::longValue).toArray();
    }
  }
}
