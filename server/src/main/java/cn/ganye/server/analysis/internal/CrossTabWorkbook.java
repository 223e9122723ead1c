package cn.ganye.server.analysis.internal;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.analysis.internal.CrossTabController.Cell;
import cn.ganye.server.analysis.internal.CrossTabController.CrossTab;
import java.util.ArrayList;
import java.util.List;

/** A cross-tab as a spreadsheet: a line for each cell. */
final class CrossTabWorkbook {
  private CrossTabWorkbook() {}

  /** Makes it; the filters as they were asked for. */
  static Spreadsheet of(CrossTab table, String filters) {
    Spreadsheet book = new Spreadsheet();
    List<List<String>> about = new ArrayList<>();
    about.add(List.of("内容", "人数，按各维度交叉，推断状态"));
    about.add(
        List.of(
            "区划", Regions.china().find(table.region()).map(Region::name).orElse(table.region())));
    about.add(List.of("区划口径", Contracts.builtIn().list("region-by").title(table.regionBy())));
    String group = table.group();
    about.add(
        List.of("人群", group == null ? "全部人口" : Contracts.builtIn().list("key-group").title(group)));
    about.add(List.of("筛选", filters.isEmpty() ? "无" : filters));
    about.add(List.of("月份", Integer.toString(table.month())));
    book.about(about, table.perturbed(), table.snapshot());
    List<Dimension> dimensions =
        table.dimensions().stream().map(word -> Dimension.of(word).orElseThrow()).toList();
    List<String> header = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      header.add(dimension.title() + "代码");
      header.add(dimension.title());
    }
    header.add("人数");
    book.table(
        "数字",
        header,
        header.size() - 1,
        table.cells().stream().map(cell -> row(cell, dimensions)).toList());
    return book;
  }

  private static List<Object> row(Cell cell, List<Dimension> dimensions) {
    List<Object> row = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      row.add(cell.codes().get(i));
      row.add(dimensions.get(i).named(cell.codes().get(i)));
    }
    row.add(cell.people());
    return row;
  }
}
