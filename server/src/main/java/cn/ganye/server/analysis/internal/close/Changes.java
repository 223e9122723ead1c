package cn.ganye.server.analysis.internal.close;

import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.reference.Parameter;
import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.analysis.internal.Measure;
import cn.ganye.server.analysis.internal.close.Frozen.AreaLine;
import cn.ganye.server.analysis.internal.close.Frozen.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How figures have changed, and what of it the figures themselves explain. */
final class Changes {
  private static final int NAMED = 3;

  /** Of a percentage point. */
  private static final double HUNDREDTHS = 100;

  private Changes() {}

  /** Per cent; of rates percentage points; null where one of the two is missing. */
  static @Nullable Double between(Measure measure, Value then, Value now) {
    Double from = then.number(measure);
    Double to = now.number(measure);
    if (from == null || to == null) {
      return null;
    }
    if (measure.unit().equals("%")) {
      return to - from;
    }
    return from == 0 ? null : (to - from) / from * 100;
  }

  /** Fewer than this say nothing by their growth. */
  private static final int RANKED = 30;

  /** Whether enough stand behind a figure for its change to be compared with others'. */
  static boolean ranked(Value then) {
    Double base = then.of() == null ? then.part() : then.of();
    return base != null && base >= RANKED;
  }

  /** Whether a change since last month is so large that an office says why. */
  static boolean notable(Measure measure, @Nullable Double change) {
    boolean rate = measure.unit().equals("%");
    double least = Parameter.setting("close-explain", rate ? "rate" : "count").doubleValue();
    return change != null && Math.abs(change) >= (rate ? least / HUNDREDTHS : least);
  }

  /** Where the change since last month is, in which industries, and who moved; empty if unknown. */
  static String explained(Frozen frozen, Frozen.Line line) {
    Measure measure = line.what();
    List<String> parts = new ArrayList<>();
    String areas =
        largest(line.areas().stream().map(area -> moved(measure, area)).filter(m -> m.size() != 0));
    if (!areas.isEmpty()) {
      parts.add("各地中" + areas);
    }
    boolean ofWork = measure == Measure.EMPLOYED || measure == Measure.UNEMPLOYED;
    if (measure == Measure.EMPLOYED) {
      String industries =
          largest(
              frozen.industries().stream()
                  .filter(i -> i.now() != null && i.before() != null)
                  .map(i -> new Move(industry(i.industry()), i.now() - i.before(), "人"))
                  .filter(m -> m.size() != 0));
      if (!industries.isEmpty()) {
        parts.add("各行业（按就业地）中" + industries);
      }
    }
    if (ofWork && frozen.tookWork() != null && frozen.lostWork() != null) {
      parts.add("常住本地的人当月 %,d 人找到工作，%,d 人失去工作".formatted(frozen.tookWork(), frozen.lostWork()));
    }
    return String.join("；", parts);
  }

  private record Move(String name, double size, String unit) {
    @Override
    public String toString() {
      String sign = size > 0 ? "+" : "−";
      return name
          + sign
          + (unit.equals("人") || unit.equals("户") || unit.equals("个岗位")
              ? String.format(Locale.ROOT, "%,d", Math.round(Math.abs(size)))
              : String.format(Locale.ROOT, "%.2f", Math.abs(size)) + unit);
    }
  }

  private static Move moved(Measure measure, AreaLine area) {
    Double then = area.before().number(measure);
    Double now = area.now().number(measure);
    return new Move(
        name(area.region()),
        then == null || now == null ? 0 : now - then,
        measure.unit().equals("%") ? " 个百分点" : measure.unit());
  }

  private static String largest(Stream<Move> moves) {
    return moves
        .sorted(Comparator.comparingDouble(m -> -Math.abs(m.size())))
        .limit(NAMED)
        .map(Move::toString)
        .collect(Collectors.joining("、"));
  }

  /** The name of a region. */
  static String name(String region) {
    return Regions.china().find(region).map(Region::name).orElse(region);
  }

  private static String industry(String code) {
    return Industries.sections().stream()
        .filter(section -> section.code().equals(code))
        .map(Industry::name)
        .findFirst()
        .orElse("行业不详");
  }
}
