package cn.ganye.server.analysis.internal.export;

import cn.ganye.engine.Step;
import cn.ganye.pool.derivation.ColumnMeaning;
import cn.ganye.pool.derivation.Derivation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A mart that may be written out. */
enum ExportedMart {
  STOCK("stock", "人口状态，全部维度", "region", true),
  STOCK_INDUSTRY("stock_industry", "就业者，按行业大类", "region", true),
  GROUP_STOCK("group_stock", "重点群体", "region", true),
  OD("od", "户籍、常住与就业地", "from_region", true),
  REGISTERED("registered_unemployment", "登记失业", "region", true),
  NEW_EMPLOYMENT("new_urban_employment", "城镇新增就业", "region", true),
  HOUSEHOLD("household_month", "疑似零就业家庭", "region", false);

  private static final String KEY = "cell_key";

  private final String mart;
  private final String title;
  private final String region;
  private final boolean keyed;

  ExportedMart(String mart, String title, String region, boolean keyed) {
    this.mart = mart;
    this.title = title;
    this.region = region;
    this.keyed = keyed;
  }

  String mart() {
    return mart;
  }

  String title() {
    return title;
  }

  /** The column that it is read by, part for part. */
  String region() {
    return region;
  }

  /** Whether its counts can carry noise; others are for those alone who see them exactly. */
  boolean keyed() {
    return keyed;
  }

  /** What is written, in the mart's order; keys are not. */
  List<String> columns() {
    return Derivation.steps(null).ordered().stream()
        .filter(step -> step.name().equals(mart))
        .map(Step::columns)
        .findFirst()
        .orElseThrow()
        .stream()
        .filter(column -> !column.equals(KEY))
        .toList();
  }

  /** What a column says. */
  String meaning(String column) {
    return ColumnMeaning.of(mart, column).map(ColumnMeaning::definition).orElse("");
  }

  static Optional<ExportedMart> of(String mart) {
    return Arrays.stream(values()).filter(m -> m.mart.equals(mart)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(ExportedMart::mart).toList();
  }
}
