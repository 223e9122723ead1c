package cn.ganye.server.analysis.internal.close;

import cn.ganye.server.analysis.internal.Measure;
import cn.ganye.server.marts.Months;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a region's month as they were when it was frozen.
 *
 * @param months of the series, the month itself last
 * @param industries people employed by place of work
 * @param tookWork people who worked in the month and not in the one before; null in the first month
 * @param lostWork the other way round
 * @param lacking regions whose contributions had not come
 */
record Frozen(
    String region,
    int month,
    List<Integer> months,
    List<Line> lines,
    List<IndustryLine> industries,
    @Nullable Long tookWork,
    @Nullable Long lostWork,
    List<String> lacking) {

  /**
   * A measure.
   *
   * @param series of the region, in the order of the months
   * @param areas within it, in the month, the one before and a year before
   * @param hidden what is withheld from those without person-level right: region and month
   */
  record Line(
      String measure,
      String regionBy,
      List<Value> series,
      List<AreaLine> areas,
      Set<String> hidden) {
    Measure what() {
      return Measure.of(measure).orElseThrow();
    }

    /** The value of the region so many months ago; nothing if it was not frozen. */
    Value ago(int months) {
      int at = series.size() - 1 - months;
      return at < 0 ? Value.NOTHING : series.get(at);
    }

    /** Without what is withheld. */
    Line open(Frozen frozen) {
      List<Value> shown =
          IntStream.range(0, series.size())
              .mapToObj(
                  at ->
                      open(frozen.region(), frozen.months().get(at))
                          ? series.get(at)
                          : Value.WITHHELD)
              .toList();
      return new Line(
          measure,
          regionBy,
          shown,
          areas.stream()
              .map(
                  a ->
                      new AreaLine(
                          a.region(),
                          open(a.region(), frozen.month()) ? a.now() : Value.WITHHELD,
                          open(a.region(), frozen.before()) ? a.before() : Value.WITHHELD,
                          open(a.region(), frozen.month() - 100) ? a.yearBefore() : Value.WITHHELD))
              .toList(),
          Set.of());
    }

    private boolean open(String place, int when) {
      return !hidden.contains(place + " " + when);
    }
  }

  /**
   * A figure.
   *
   * @param part null where it is missing or withheld
   * @param of what it is a part of; null for plain counts
   */
  record Value(@Nullable Double part, @Nullable Double of, boolean withheld) {
    static final Value NOTHING = new Value(null, null, false);
    static final Value WITHHELD = new Value(null, null, true);

    /** The number that is shown; null where there is none. */
    @Nullable Double number(Measure measure) {
      Double top = part;
      Double whole = of;
      if (top == null || measure.of() == null) {
        return top;
      }
      return whole == null || whole == 0
          ? null
          : top / whole * (measure.unit().equals("%") ? 100 : 1);
    }
  }

  /** A region within. */
  record AreaLine(String region, Value now, Value before, Value yearBefore) {}

  /** An industry: people employed at the places of work within; null where missing. */
  record IndustryLine(String industry, @Nullable Long now, @Nullable Long before) {}

  /** The month before. */
  int before() {
    return Months.before(month);
  }

  Optional<Line> line(Measure measure) {
    return lines.stream().filter(l -> l.what() == measure).findFirst();
  }

  /** As those without person-level right see it: no industries, no movements, nothing withheld. */
  Frozen open() {
    return new Frozen(
        region,
        month,
        months,
        lines.stream().map(line -> line.open(this)).toList(),
        List.of(),
        null,
        null,
        lacking);
  }
}
