package cn.ganye.server.analysis.internal.close;

import cn.ganye.server.analysis.internal.FiguresReader;
import cn.ganye.server.analysis.internal.FiguresReader.Figure;
import cn.ganye.server.analysis.internal.FiguresReader.Question;
import cn.ganye.server.analysis.internal.Measure;
import cn.ganye.server.analysis.internal.Unreported;
import cn.ganye.server.analysis.internal.Withheld;
import cn.ganye.server.analysis.internal.close.Frozen.AreaLine;
import cn.ganye.server.analysis.internal.close.Frozen.IndustryLine;
import cn.ganye.server.analysis.internal.close.Frozen.Line;
import cn.ganye.server.analysis.internal.close.Frozen.Value;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Months;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Reads the figures of a region's month from the snapshot in force. */
@Component
class Freezer {
  private static final int MONTHS = 25;
  private static final int PROVINCE_DIGITS = 2;
  private static final int COUNTY_DIGITS = 6;

  /** What the brief tells, in its order. */
  static final List<Measure> MEASURES =
      List.of(
          Measure.EMPLOYED,
          Measure.UNEMPLOYED,
          Measure.UNEMPLOYMENT_RATE,
          Measure.FLEXIBLE,
          Measure.AWAY,
          Measure.HIRES,
          Measure.NEW_URBAN_EMPLOYMENT,
          Measure.REGISTERED_UNEMPLOYED,
          Measure.NO_WORK_HOUSEHOLDS,
          Measure.VACANCY_RATIO);

  private record At(String region, int month) {}

  private final Marts marts;
  private final FiguresReader reader;
  private final Withheld withheld;
  private final Unreported unreported;

  Freezer(Marts marts, FiguresReader reader, Withheld withheld, Unreported unreported) {
    this.marts = marts;
    this.reader = reader;
    this.withheld = withheld;
    this.unreported = unreported;
  }

  Frozen freeze(Snapshot snapshot, String region, int month) {
    List<Integer> months = months(snapshot, month);
    List<Line> lines =
        MEASURES.stream().map(measure -> line(snapshot, measure, region, month, months)).toList();
    int before = months.size() > 1 ? months.get(months.size() - 2) : 0;
    return new Frozen(
        region,
        month,
        months,
        lines,
        industries(region, month, before),
        before == 0 ? null : moved(region, before, month, false),
        before == 0 ? null : moved(region, before, month, true),
        unreported.of(snapshot).within(region, month));
  }

  private static List<Integer> months(Snapshot snapshot, int last) {
    List<Integer> months = Months.between(snapshot.firstMonth(), last);
    return months.subList(Math.max(0, months.size() - MONTHS), months.size());
  }

  private Line line(
      Snapshot snapshot, Measure measure, String region, int month, List<Integer> months) {
    String by = measure == Measure.EMPLOYED ? "residence" : measure.regionBy().getFirst();
    int digits = region.length() == PROVINCE_DIGITS ? 4 : COUNTY_DIGITS;
    Map<At, Value> read = new HashMap<>();
    TreeSet<String> within = new TreeSet<>();
    for (Figure figure :
        reader.read(snapshot, new Question(measure, region, digits, by, null, null))) {
      read.put(
          new At(figure.region(), figure.month()),
          new Value(figure.part(), measure.of() == null ? null : figure.of(), false));
      if (figure.region().length() == digits && digits > region.length()) {
        within.add(figure.region());
      }
    }
    int before = Months.before(month);
    return new Line(
        measure.word(),
        by,
        months.stream().map(m -> read.getOrDefault(new At(region, m), Value.NOTHING)).toList(),
        within.stream()
            .map(
                area ->
                    new AreaLine(
                        area,
                        read.getOrDefault(new At(area, month), Value.NOTHING),
                        read.getOrDefault(new At(area, before), Value.NOTHING),
                        read.getOrDefault(new At(area, month - 100), Value.NOTHING)))
            .toList(),
        hidden(snapshot, measure, by, region, months));
  }

  /** What is withheld in the region, over the months that are told. */
  private Set<String> hidden(
      Snapshot snapshot, Measure measure, String by, String region, List<Integer> months) {
    Measure.Source source = measure.source();
    Set<Withheld.Cell> cells = new HashSet<>();
    if (source.counted()) {
      String where =
          switch (source) {
            case STOCK -> " WHERE region_by = '" + by + "'";
            case ORIGIN -> " WHERE kind = 'hukou-work'";
            default -> " WHERE calendar = 'calendar'";
          };
      String mart = source == Measure.Source.STOCK ? "status_month" : source.mart();
      cells.addAll(
          withheld.of(
              snapshot,
              "(SELECT "
                  + source.region()
                  + " AS region, month, CASE WHEN "
                  + measure.part()
                  + " THEN people ELSE 0 END AS counted FROM "
                  + mart
                  + where
                  + ") c",
              "month",
              "counted"));
    }
    measure
        .sensitive()
        .forEach(count -> cells.addAll(withheld.of(snapshot, source.mart(), "month", count)));
    if (source.ofPeople()) {
      cells.addAll(withheld.of(snapshot, source.mart(), "month", "people"));
    }
    Set<String> hidden = new HashSet<>();
    for (Withheld.Cell cell : cells) {
      if (cell.region().startsWith(region) && months.contains(Integer.parseInt(cell.period()))) {
        hidden.add(cell.region() + " " + cell.period());
      }
    }
    return hidden;
  }

  private List<IndustryLine> industries(String region, int month, int before) {
    return marts.inRegion(
        new Scope("", "", region),
        "SELECT industry, SUM(CASE WHEN month = ? THEN people END) AS now, SUM(CASE WHEN month = ? THEN people END) AS before"
            + " FROM employed_month WHERE region_by = 'work' AND month IN (?, ?) GROUP BY industry ORDER BY industry",
        row ->
            new IndustryLine(
                row.text("industry"), row.numberOrNull("now"), row.numberOrNull("before")),
        month,
        before,
        month,
        before);
  }

  /** Those who live in the region and have begun to work, or ceased to, since the month before. */
  private long moved(String region, int before, int month, boolean lost) {
    return marts
        .inRegion(
            new Scope("", "", region),
            "SELECT COUNT(*) AS people FROM person_state b JOIN person_state n ON n.person = b.person"
                + " WHERE b.residence LIKE ? AND b.from_month <= ? AND b.to_month >= ? AND n.from_month <= ? AND n.to_month >= ?"
                + " AND b.basis <> 'not-covered' AND n.basis <> 'not-covered' AND (b.status = 'EMPLOYED') = ? AND (n.status = 'EMPLOYED') = ?",
            row -> row.number("people"),
            region + "%",
            before,
            before,
            month,
            month,
            lost,
            !lost)
        .getFirst();
  }
}
