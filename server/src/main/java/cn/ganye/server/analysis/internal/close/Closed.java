package cn.ganye.server.analysis.internal.close;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A region's closed month as its page shows it and its brief prints it.
 *
 * @param state frozen or locked
 * @param snapshot id of the snapshot that the figures were read from
 * @param exact whether counts are shown as they are; else small ones are withheld with complements
 * @param months of the series, the month itself last
 * @param lacking regions whose contributions had not come
 * @param newer whether another snapshot is in force now: figures may have been revised
 */
record Closed(
    String region,
    int month,
    String state,
    String snapshot,
    String frozenBy,
    Instant frozenAt,
    @Nullable String lockedBy,
    @Nullable Instant lockedAt,
    boolean exact,
    List<Integer> months,
    List<ClosedLine> lines,
    List<String> lacking,
    boolean newer,
    boolean synthetic) {

  /**
   * A measure.
   *
   * @param people whether those behind it can be listed, by who may see people
   * @param enterprises the order in which the enterprises behind it can be listed, if they can
   * @param month change against last month: per cent, of rates percentage points
   * @param year likewise against the same month of last year
   * @param withheld whether the figure is withheld because too few stand behind it
   * @param toExplain whether it has changed so much since last month that it must be explained
   * @param suggestion what the figures themselves say of the change
   * @param explanation what the office says of it
   */
  record ClosedLine(
      String measure,
      String title,
      String unit,
      String nature,
      String definition,
      int good,
      String regionBy,
      boolean people,
      @Nullable String enterprises,
      @Nullable Double now,
      @Nullable Double month,
      @Nullable Double year,
      boolean withheld,
      boolean toExplain,
      String suggestion,
      @Nullable String explanation,
      List<@Nullable Double> series,
      List<ClosedArea> areas) {}

  /**
   * A region within.
   *
   * @param ranked whether enough stood behind it a year before for its growth to be ranked
   */
  record ClosedArea(
      String region,
      @Nullable Double now,
      @Nullable Double month,
      @Nullable Double year,
      boolean withheld,
      boolean ranked) {}
}
