package cn.ganye.server.analysis.internal;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.reference.Industries;
import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.analysis.internal.FiguresController.Area;
import cn.ganye.server.analysis.internal.FiguresController.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Figures of a measure as a spreadsheet. */
final class FiguresWorkbook {
  private static final int PER_CENT = 100;

  private FiguresWorkbook() {}

  static Spreadsheet of(Figures figures) {
    Measure measure = Measure.of(figures.measure()).orElseThrow();
    Spreadsheet book = new Spreadsheet();
    book.about(about(figures, measure), figures.perturbed(), figures.snapshot());
    List<Area> areas =
        Stream.concat(Stream.of(figures.total()), figures.areas().stream())
            .filter(area -> !area.part().isEmpty())
            .toList();
    if (measure.of() == null) {
      table(book, measure.title(), figures, areas, area -> area.part()::get);
    } else {
      table(book, measure.title(), figures, areas, area -> at -> quotient(measure, area, at));
      table(book, "分子", figures, areas, area -> area.part()::get);
      table(book, "分母", figures, areas, area -> at -> area.of() == null ? null : area.of().get(at));
    }
    return book;
  }

  /** Reads one figure of an area. */
  @FunctionalInterface
  private interface Figure {
    IntFunction<@Nullable Number> of(Area area);
  }

  private static void table(
      Spreadsheet book, String name, Figures figures, List<Area> areas, Figure figure) {
    List<String> header = new ArrayList<>(List.of("代码", "区划"));
    figures
        .months()
        .forEach(month -> header.add(month / 100 + "-" + "%02d".formatted(month % 100)));
    book.table(
        name,
        header,
        2,
        areas.stream()
            .map(
                area -> {
                  List<@Nullable Object> row = new ArrayList<>(List.of(area.region(), name(area)));
                  IntStream.range(0, figures.months().size())
                      .mapToObj(figure.of(area))
                      .forEach(row::add);
                  return row;
                })
            .toList());
  }

  private static @Nullable Number quotient(Measure measure, Area area, int at) {
    Number part = area.part().get(at);
    Number of = area.of() == null ? null : area.of().get(at);
    return part == null || of == null || of.doubleValue() == 0
        ? null
        : part.doubleValue() / of.doubleValue() * (measure.unit().equals("%") ? PER_CENT : 1);
  }

  private static List<List<String>> about(Figures figures, Measure measure) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("指标", measure.title()));
    lines.add(List.of("单位", measure.unit()));
    lines.add(List.of("口径", measure.definition()));
    lines.add(List.of("性质", measure.nature().equals("inferred") ? "推断" : "登记"));
    lines.add(List.of("区划口径", by(figures.regionBy())));
    String industry = figures.industry();
    if (industry != null) {
      lines.add(
          List.of(
              "行业",
              Industries.sections().stream()
                  .filter(section -> section.code().equals(industry))
                  .map(section -> section.name())
                  .findFirst()
                  .orElse("行业不详")));
    }
    String group = figures.group();
    if (group != null) {
      lines.add(List.of("人群", Contracts.builtIn().list("key-group").title(group)));
    }
    lines.add(List.of("空格", "所需的文件没有到齐，或背后的单位、户数太少"));
    return lines;
  }

  private static String by(String regionBy) {
    return regionBy.equals("register")
        ? "登记所在地"
        : Contracts.builtIn().list("region-by").title(regionBy);
  }

  private static String name(Area area) {
    return Regions.china().find(area.region()).map(Region::name).orElse(area.region());
  }
}
