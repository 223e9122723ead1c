package cn.ganye.server.analysis.internal;

import cn.ganye.server.marts.Kept;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Which offices have not sent their contributions, late or not yet due. Whoever hangs on them works
 * nowhere that is known, so that counts miss them without a trace.
 */
@Component
public class Unreported {
  private static final int KEPT = 8;

  private record Office(String region, int month) {}

  private final Marts marts;
  private final Kept<Offices> kept = new Kept<>(KEPT);

  /** For the application. */
  public Unreported(Marts marts) {
    this.marts = marts;
  }

  /** Those of all months of a snapshot. */
  public Offices of(Snapshot snapshot) {
    return kept.get(
        snapshot.id(),
        () ->
            new Offices(
                marts
                    .inRegion(
                        new Scope("", "", FiguresScope.HOME),
                        "SELECT DISTINCT region, month FROM coverage WHERE dataset = 'contribution'"
                            + " AND state <> 'complete' ORDER BY region, month",
                        row -> new Office(row.text("region"), (int) row.number("month")))
                    .stream()
                    .collect(
                        Collectors.groupingBy(
                            Office::month,
                            Collectors.mapping(Office::region, Collectors.toList())))));
  }

  /**
   * The regions of these offices.
   *
   * @param byMonth codes of six digits in order
   */
  public record Offices(Map<Integer, List<String>> byMonth) {
    /** Those of a region or of a part of it: its total would look like a fall. */
    public List<String> within(String region, int month) {
      return month(month).stream().filter(office -> office.startsWith(region)).toList();
    }

    /** Whether one sends for a region, alone or with others. */
    boolean over(String region, int month) {
      return month(month).stream()
          .anyMatch(office -> region.startsWith(office.replaceFirst("(00){1,2}$", "")));
    }

    private List<String> month(int month) {
      return byMonth.getOrDefault(month, List.of());
    }
  }
}
