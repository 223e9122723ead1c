package cn.ganye.server.analysis.internal;

import cn.ganye.server.marts.Kept;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Row;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a measure for the regions within one, over all months of the snapshot. */
@Component
public class FiguresReader {
  /** Where more of the people than this hang on files that have not come, a status is missing. */
  static final double UNCOVERED = 0.05;

  private static final int KEPT = 200;

  /**
   * A question that was understood.
   *
   * @param digits of the regions within: 4 for cities, 6 for counties
   */
  public record Question(
      Measure measure,
      String region,
      int digits,
      String regionBy,
      @Nullable String industry,
      @Nullable String group) {}

  /**
   * One region in one month.
   *
   * @param region as many digits as asked for; for the total, the region that was asked for
   * @param part null where a file that it needs has not come
   * @param of what it is a part of, likewise; null for plain counts
   * @param partKey sum of the keys of the people in it, for noise
   */
  public record Figure(
      String region,
      int month,
      @Nullable Double part,
      @Nullable Double of,
      long partKey,
      long ofKey) {}

  private record Place(String region, int month) {}

  private final Marts marts;
  private final Kept<List<Figure>> figures = new Kept<>(KEPT);
  private final Kept<Set<Place>> unsaid = new Kept<>(KEPT);
  private final Unreported unreported;

  /** For the application. */
  public FiguresReader(Marts marts, Unreported unreported) {
    this.marts = marts;
    this.unreported = unreported;
  }

  /** All figures by region and month. */
  public List<Figure> read(Snapshot snapshot, Question question) {
    return figures.get(snapshot.id() + " " + question, () -> without(snapshot, question));
  }

  /** The figures without those whose status is missing. */
  private List<Figure> without(Snapshot snapshot, Question question) {
    Scope scope = new Scope("", "", question.region());
    List<Figure> read =
        marts.inRegion(scope, sql(question), row -> figure(row, question), parameters(question));
    if (!question.measure().hangsOnStatus()) {
      return read;
    }
    boolean byHome = List.of("residence", "hukou").contains(question.regionBy());
    Unreported.Offices offices = unreported.of(snapshot);
    Set<Place> unsaid = byHome ? unsaid(snapshot, question) : Set.of();
    return read.stream()
        .map(
            f ->
                unsaid.contains(new Place(f.region(), f.month()))
                        || (!byHome && offices.over(f.region(), f.month()))
                        || !offices.within(f.region(), f.month()).isEmpty()
                    ? new Figure(f.region(), f.month(), null, null, 0, 0)
                    : f)
        .toList();
  }

  /** Where the status of too many who live there hangs on files that have not come. */
  private Set<Place> unsaid(Snapshot snapshot, Question question) {
    return unsaid.get(
        String.join(
            " ",
            snapshot.id(),
            question.region(),
            Integer.toString(question.digits()),
            question.regionBy()),
        () ->
            Set.copyOf(
                marts.inRegion(
                    new Scope("", "", question.region()),
                    "SELECT COALESCE(SUBSTR(region, 1, "
                        + question.digits()
                        + "), '') AS within, month FROM status_month WHERE region_by = ?"
                        + " GROUP BY GROUPING SETS ((SUBSTR(region, 1, "
                        + question.digits()
                        + "), month), (month))"
                        + " HAVING SUM(CASE WHEN basis = 'not-covered' THEN people ELSE 0 END) > "
                        + UNCOVERED
                        + " * SUM(people)",
                    row -> new Place(within(row, question), (int) row.number("month")),
                    question.regionBy())));
  }

  private static Figure figure(Row row, Question question) {
    return new Figure(
        within(row, question),
        (int) row.number("month"),
        row.decimalOrNull("part"),
        question.measure().of() == null ? null : row.decimalOrNull("whole"),
        row.number("part_key"),
        row.number("whole_key"));
  }

  private static String within(Row row, Question question) {
    String within = row.text("within");
    return within.isEmpty() ? question.region() : within;
  }

  private static String sql(Question question) {
    Measure measure = question.measure();
    Measure.Source source = measure.source();
    String of = measure.of() == null ? "FALSE" : measure.of();
    boolean counted = source.counted();
    String within = "SUBSTR(" + source.region() + ", 1, " + question.digits() + ")";
    return "SELECT COALESCE("
        + within
        + ", '') AS within, month, "
        + (counted ? people(measure.part()) : sum(measure.part()))
        + " AS part, "
        + (counted ? people(of) : sum(measure.of() == null ? "0" : of))
        + " AS whole, "
        + (counted ? key(measure.part()) : "0")
        + " AS part_key, "
        + (counted ? key(of) : source.ofPeople() ? key("TRUE") : "0")
        + " AS whole_key FROM "
        + mart(question)
        + " WHERE "
        + source.region()
        + " LIKE ?"
        + (source == Measure.Source.STOCK ? " AND region_by = ?" : "")
        + (source == Measure.Source.ORIGIN ? " AND kind = 'hukou-work'" : "")
        + (source.byCalendar() ? " AND calendar = 'calendar'" : "")
        + (question.industry() == null ? "" : " AND industry = ?")
        + (question.group() == null ? "" : " AND key_group = ?")
        + " GROUP BY GROUPING SETS (("
        + within
        + ", month), (month)) ORDER BY within, month";
  }

  /** The mart or the roll-up of it that has what is asked for. */
  private static String mart(Question question) {
    Measure.Source source = question.measure().source();
    return source != Measure.Source.STOCK
        ? source.mart()
        : question.group() != null
            ? (question.industry() == null ? "group_month" : "group_stock")
            : question.industry() != null
                ? "(SELECT *, 'EMPLOYED' AS status FROM employed_month) s"
                : "status_month";
  }

  /** Rows that a condition picks out; null if one of them has no number. */
  private static String people(String condition) {
    return "CASE WHEN COUNT(CASE WHEN "
        + condition
        + " THEN 1 END) = COUNT(CASE WHEN "
        + condition
        + " THEN people END) THEN COALESCE(SUM(CASE WHEN "
        + condition
        + " THEN people END), 0) END";
  }

  private static String key(String condition) {
    return "COALESCE(SUM(CASE WHEN " + condition + " THEN cell_key END), 0) % 4294967296";
  }

  private static String sum(String term) {
    return "CASE WHEN COUNT(*) = COUNT(" + term + ") THEN SUM(" + term + ") END";
  }

  private static Object[] parameters(Question question) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(question.region() + "%");
    if (question.measure().source() == Measure.Source.STOCK) {
      parameters.add(question.regionBy());
    }
    if (question.industry() != null) {
      parameters.add(question.industry());
    }
    if (question.group() != null) {
      parameters.add(question.group());
    }
    return parameters.toArray();
  }
}
