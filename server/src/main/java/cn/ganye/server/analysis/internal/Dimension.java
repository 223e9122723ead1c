package cn.ganye.server.analysis.internal;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.reference.PersonCodes;
import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** By what people can be counted: a column of {@code stock}. */
enum Dimension {
  /** The regions just below the one asked for. */
  REGION("区划", List.of()),
  /** Months up to the one asked for; only with the first of them. */
  MONTH("月份", List.of()),
  STATUS("状态", codes("status")),
  SEX("性别", List.of("1", "2", "9")),
  /** Lower bound of the age group; −1 not known. */
  AGE_GROUP(
      "年龄组",
      List.of("-1", "0", "15", "16", "20", "25", "30", "35", "40", "45", "50", "55", "60", "65")),
  EDUCATION("文化程度", new TreeSet<>(PersonCodes.list("education").keySet()).stream().toList()),
  INDUSTRY(
      "行业",
      Stream.concat(Industries.sections().stream().map(Industry::code), Stream.of("-", "?"))
          .toList()),
  BASIS("依据", codes("basis"));

  private final String title;
  private final List<String> codes;

  Dimension(String title, List<String> codes) {
    this.title = title;
    this.codes = codes;
  }

  private static List<String> codes(String list) {
    return Contracts.builtIn().list(list).codes();
  }

  /** Its Chinese name. */
  String title() {
    return title;
  }

  /** Its codes; empty for regions, which depend on where one stands, and for months. */
  List<String> codes() {
    return codes;
  }

  /** The word in requests; also the column. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a code means, in Chinese. */
  String named(String code) {
    return switch (this) {
      case REGION -> Regions.china().find(code).map(Region::name).orElse(code);
      case SEX -> code.equals("1") ? "男" : code.equals("2") ? "女" : "不详";
      case AGE_GROUP -> code.equals("-1") ? "不详" : code + " 岁起";
      case EDUCATION -> PersonCodes.list("education").getOrDefault(code, code);
      case INDUSTRY ->
          code.equals("-") ? "未就业" : Industries.find(code).map(Industry::name).orElse("行业不详");
      case STATUS, BASIS -> Contracts.builtIn().list(word()).title(code);
      case MONTH -> code;
    };
  }

  /** Known by residence and work alone. */
  boolean needsFullGrain() {
    return this == INDUSTRY || this == EDUCATION;
  }

  /** Not kept for key groups. */
  boolean missingInGroups() {
    return this == EDUCATION || this == BASIS;
  }

  static Optional<Dimension> of(String word) {
    return Arrays.stream(values()).filter(d -> d.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Dimension::word).toList();
  }

  /**
   * Reads codes by dimension, as {@code status:EMPLOYED|UNEMPLOYED,sex:2}.
   *
   * @param field the parameter, for what is wrong with it
   */
  static Map<Dimension, List<String>> filters(String field, String text, Asked asked) {
    Map<Dimension, List<String>> filters = new LinkedHashMap<>();
    for (String filter : text.isEmpty() ? new String[0] : text.split(",")) {
      String[] sides = filter.split(":", 2);
      asked.known(field, sides[0], words());
      List<String> codes = sides.length == 2 ? Arrays.asList(sides[1].split("\\|")) : List.of();
      of(sides[0])
          .ifPresent(
              dimension -> {
                if (codes.isEmpty()) {
                  asked.fault(field, "写作 维度:代码|代码，例如 status:EMPLOYED|UNEMPLOYED");
                }
                if (dimension == REGION) {
                  codes.stream()
                      .filter(code -> Regions.china().find(code).isEmpty())
                      .forEach(code -> asked.fault(field, FiguresScope.unknown(code, "")));
                } else {
                  codes.forEach(code -> asked.known(field, code, dimension.codes()));
                }
                filters.put(dimension, codes);
              });
    }
    return filters;
  }
}
