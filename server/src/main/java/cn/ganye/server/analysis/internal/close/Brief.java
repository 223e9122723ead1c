package cn.ganye.server.analysis.internal.close;

import cn.ganye.server.analysis.internal.Measure;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the one page says, in words and rows; the same for each way to print it.
 *
 * @param banner what stands over everything: synthetic data, not locked yet; empty if nothing does
 * @param rows one for each indicator, as the columns
 * @param reasons title and text of each change that is explained
 * @param definitions title and text
 * @param trend employed, month by month
 * @param second the unemployment rate likewise
 * @param ranking change of the employed by region against last year, the fastest first; of the
 *     region's months where there is nothing within
 */
record Brief(
    String region,
    int month,
    String title,
    String subtitle,
    String banner,
    List<Row> rows,
    List<Text> reasons,
    List<Text> definitions,
    Chart trend,
    Chart second,
    Chart ranking,
    String foot,
    Closed closed) {
  static final List<String> COLUMNS = List.of("指标", "本月", "比上月", "比去年同月", "各地，比去年同月", "性质");

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneId.of("Asia/Shanghai"));

  record Row(String title, String now, String month, String year, String ranking, String nature) {
    List<String> cells() {
      return List.of(title, now, month, year, ranking, nature);
    }
  }

  record Text(String title, String text) {}

  /** A picture: labels and a number each; null where there is none. */
  record Chart(String title, List<String> labels, List<@Nullable Double> values) {}

  static Brief of(Closed closed) {
    String where = Changes.name(closed.region());
    String when = closed.month() / 100 + " 年 " + closed.month() % 100 + " 月";
    List<String> banner = new ArrayList<>();
    if (closed.synthetic()) {
      banner.add("合成演示数据，不含任何真实个人");
    }
    if (!closed.state().equals("locked")) {
      banner.add("草稿：该月尚未锁定");
    }
    return new Brief(
        closed.region(),
        closed.month(),
        where + "就业形势简报",
        when
            + "　冻结于 "
            + DAY.format(closed.frozenAt())
            + (closed.lockedAt() == null ? "" : "　锁定于 " + DAY.format(closed.lockedAt()))
            + "　快照 "
            + closed.snapshot().substring(0, 12),
        String.join("　", banner),
        closed.lines().stream().map(Brief::row).toList(),
        closed.lines().stream()
            .map(line -> new Text(line.title(), reason(line)))
            .filter(text -> !text.text().isEmpty())
            .toList(),
        closed.lines().stream().map(l -> new Text(l.title(), l.definition())).toList(),
        chart(closed, Measure.EMPLOYED, "就业人数，逐月（人，按常住地，推断）"),
        chart(closed, Measure.UNEMPLOYMENT_RATE, "推断失业率，逐月（%）"),
        ranking(closed),
        foot(closed),
        closed);
  }

  private static String foot(Closed closed) {
    List<String> parts = new ArrayList<>();
    if (!closed.lacking().isEmpty()) {
      parts.add(
          "缴费文件未到："
              + String.join("、", closed.lacking().stream().limit(8).map(Changes::name).toList())
              + (closed.lacking().size() > 8 ? " 等 " + closed.lacking().size() + " 地" : "")
              + "，其数字及合计为缺（—）。");
    }
    if (!closed.exact()) {
      parts.add("“·”为受保护的数字：背后不足 10 人（岗位、户），或与之相加减可得出的数字。");
    }
    parts.add("推断数由各部门记录按固定次序推断，不是登记数，也不是调查数；登记数按自然月。");
    return String.join("", parts);
  }

  private static Row row(Closed.ClosedLine line) {
    return new Row(
        line.title() + "（" + line.unit() + "）",
        number(line.now(), line),
        change(line.month(), line),
        change(line.year(), line),
        ranks(line),
        line.nature().equals("inferred") ? "推断" : "登记");
  }

  /** The fastest and the slowest region within. */
  private static String ranks(Closed.ClosedLine line) {
    List<Closed.ClosedArea> ranked = ranked(line);
    if (ranked.size() < 2) {
      return "—";
    }
    return "最高 " + named(ranked.getFirst(), line) + "；最低 " + named(ranked.getLast(), line);
  }

  private static String named(Closed.ClosedArea area, Closed.ClosedLine line) {
    return Changes.name(area.region()) + " " + change(area.year(), line);
  }

  private static List<Closed.ClosedArea> ranked(Closed.ClosedLine line) {
    return line.areas().stream()
        .filter(area -> area.ranked() && area.year() != null)
        .sorted(
            Comparator.comparing((Closed.ClosedArea a) -> Objects.requireNonNull(a.year()))
                .reversed())
        .toList();
  }

  private static String reason(Closed.ClosedLine line) {
    return Stream.of(
            Optional.ofNullable(line.explanation()).orElse(""),
            line.explanation() == null && line.toExplain() ? line.suggestion() : "")
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static Chart chart(Closed closed, Measure measure, String title) {
    return new Chart(
        title,
        closed.months().stream()
            .map(m -> m / 100 + "-" + String.format(Locale.ROOT, "%02d", m % 100))
            .toList(),
        closed.lines().stream()
            .filter(line -> line.measure().equals(measure.word()))
            .findFirst()
            .map(Closed.ClosedLine::series)
            .orElse(List.of()));
  }

  private static Chart ranking(Closed closed) {
    List<Closed.ClosedArea> areas =
        closed.lines().stream()
            .filter(line -> line.measure().equals(Measure.EMPLOYED.word()))
            .flatMap(line -> ranked(line).stream())
            .toList();
    return new Chart(
        "各地就业人数，比去年同月（%）",
        areas.stream().map(area -> Changes.name(area.region())).toList(),
        areas.stream().map(Closed.ClosedArea::year).toList());
  }

  static String number(@Nullable Double value, Closed.ClosedLine line) {
    if (value == null) {
      return line.withheld() ? "·" : "—";
    }
    return switch (line.unit()) {
      case "%" -> String.format(Locale.ROOT, "%.2f%%", value);
      case "倍" -> String.format(Locale.ROOT, "%.2f", value);
      default -> String.format(Locale.ROOT, "%,d", Math.round(value));
    };
  }

  static String change(@Nullable Double change, Closed.ClosedLine line) {
    if (change == null) {
      return line.withheld() ? "·" : "—";
    }
    String size =
        String.format(Locale.ROOT, line.unit().equals("%") ? "%.2f" : "%.1f", Math.abs(change));
    boolean none = Double.parseDouble(size) == 0;
    return (none ? "" : change > 0 ? "+" : "−") + size + (line.unit().equals("%") ? " 百分点" : "%");
  }
}
