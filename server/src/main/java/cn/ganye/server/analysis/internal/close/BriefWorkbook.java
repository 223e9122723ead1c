package cn.ganye.server.analysis.internal.close;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** The brief as a workbook: numbers are numbers, its charts are charts of them. */
final class BriefWorkbook {
  static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private static final int CHARACTER = 256;
  private static final int CHART_COLUMNS = 10;
  private static final int CHART_ROWS = 16;

  private final XSSFWorkbook book;

  private BriefWorkbook(XSSFWorkbook book) {
    this.book = book;
  }

  static byte[] of(Brief brief) throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      new BriefWorkbook(book).fill(brief);
      book.write(out);
      return out.toByteArray();
    }
  }

  private void fill(Brief brief) {
    Closed closed = brief.closed();
    sheet(
        "简报",
        Stream.of(
                Stream.of(
                    List.<@Nullable Object>of(brief.title()),
                    List.<@Nullable Object>of(brief.subtitle()),
                    List.<@Nullable Object>of(brief.banner()),
                    List.<@Nullable Object>copyOf(Brief.COLUMNS)),
                brief.rows().stream().map(row -> List.<@Nullable Object>copyOf(row.cells())),
                Stream.of(List.<@Nullable Object>of(), List.<@Nullable Object>of("变化的原因")),
                brief.reasons().stream().map(r -> List.<@Nullable Object>of(r.title(), r.text())),
                Stream.of(List.<@Nullable Object>of(), List.<@Nullable Object>of("口径")),
                brief.definitions().stream()
                    .map(d -> List.<@Nullable Object>of(d.title(), d.text())),
                Stream.of(List.<@Nullable Object>of(), List.<@Nullable Object>of(brief.foot())))
            .flatMap(rows -> rows)
            .toList());
    sheet(
        "指标",
        Stream.concat(
                Stream.of(List.<@Nullable Object>of("指标", "单位", "本月", "比上月", "比去年同月")),
                closed.lines().stream()
                    .map(
                        line ->
                            Arrays.<@Nullable Object>asList(
                                line.title(), line.unit(), line.now(), line.month(), line.year())))
            .toList());
    areas(closed);
    series(brief, closed);
  }

  private void areas(Closed closed) {
    Stream<List<@Nullable Object>> rows =
        closed.lines().stream()
            .flatMap(
                line ->
                    line.areas().stream()
                        .map(
                            area ->
                                Arrays.<@Nullable Object>asList(
                                    line.title(),
                                    line.unit(),
                                    area.region(),
                                    Changes.name(area.region()),
                                    area.now(),
                                    area.month(),
                                    area.year())));
    sheet(
        "各地",
        Stream.concat(
                Stream.of(List.<@Nullable Object>of("指标", "单位", "代码", "区划", "本月", "比上月", "比去年同月")),
                rows)
            .toList());
  }

  /** Months in lines, measures in columns; each of the two charts hangs on its column. */
  private void series(Brief brief, Closed closed) {
    List<@Nullable Object> head =
        Stream.concat(
                Stream.of("月份"), closed.lines().stream().map(l -> l.title() + "（" + l.unit() + "）"))
            .<@Nullable Object>map(name -> name)
            .toList();
    XSSFSheet sheet =
        sheet(
            "逐月",
            Stream.concat(
                    Stream.of(head),
                    IntStream.range(0, closed.months().size())
                        .mapToObj(
                            at ->
                                Stream.concat(
                                        Stream.<@Nullable Object>of(brief.trend().labels().get(at)),
                                        closed.lines().stream()
                                            .<@Nullable Object>map(l -> l.series().get(at)))
                                    .toList()))
                .toList());
    int last = closed.months().size();
    chart(sheet, brief.trend(), last, 1, last + 2);
    chart(sheet, brief.second(), last, 3, last + 3 + CHART_ROWS);
  }

  private static void chart(XSSFSheet sheet, Brief.Chart chart, int last, int column, int top) {
    if (chart.values().stream().noneMatch(Objects::nonNull)) {
      return;
    }
    var drawing = sheet.createDrawingPatriarch();
    var anchor = drawing.createAnchor(0, 0, 0, 0, 0, top, CHART_COLUMNS, top + CHART_ROWS);
    BriefChart.draw(
        drawing.createChart(anchor),
        chart.title(),
        XDDFDataSourcesFactory.fromStringCellRange(sheet, new CellRangeAddress(1, last, 0, 0)),
        XDDFDataSourcesFactory.fromNumericCellRange(
            sheet, new CellRangeAddress(1, last, column, column)),
        false);
  }

  private XSSFSheet sheet(String name, List<List<@Nullable Object>> rows) {
    XSSFSheet sheet = book.createSheet(name);
    sheet.setColumnWidth(0, 24 * CHARACTER);
    for (int column = 1; column < 8; column++) {
      sheet.setColumnWidth(column, 16 * CHARACTER);
    }
    for (int at = 0; at < rows.size(); at++) {
      XSSFRow row = sheet.createRow(at);
      List<@Nullable Object> cells = rows.get(at);
      for (int column = 0; column < cells.size(); column++) {
        Object value = cells.get(column);
        if (value instanceof Number number) {
          row.createCell(column).setCellValue(number.doubleValue());
        } else if (value != null) {
          row.createCell(column).setCellValue(value.toString());
        }
      }
    }
    return sheet;
  }
}
