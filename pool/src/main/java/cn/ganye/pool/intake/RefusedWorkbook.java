package cn.ganye.pool.intake;

import cn.ganye.pool.Quarantine.RefusedRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Refused records as a spreadsheet: their number, every reason, and their cells under the file's
 * own header. Every cell is text, so that no number of eighteen digits is cut and nothing counts as
 * a formula.
 */
public final class RefusedWorkbook {
  /** What browsers call it. */
  public static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  /** Most that a sheet holds, and that a cell holds. */
  private static final int ROWS = 1_048_575;

  private static final int CELL = 32_767;
  private static final int IN_MEMORY = 500;

  private RefusedWorkbook() {}

  /**
   * Writes it.
   *
   * @param table the file's own; null if it is not there any more, and a record is one cell
   */
  public static void write(
      @Nullable SourceTable table, List<RefusedRecord> records, OutputStream out)
      throws IOException {
    try (SXSSFWorkbook workbook = new SXSSFWorkbook(IN_MEMORY)) {
      workbook.setCompressTempFiles(true);
      CellStyle text = workbook.createCellStyle();
      text.setDataFormat(workbook.createDataFormat().getFormat("@"));
      CellStyle head = head(workbook, text);
      Sheet sheet = null;
      for (int i = 0; i < Math.max(1, records.size()); i++) {
        if (i % ROWS == 0) {
          sheet = sheet(workbook, i / ROWS + 1, table, head);
        }
        if (i < records.size() && sheet != null) {
          row(sheet.createRow(i % ROWS + 1), table, records.get(i), text);
        }
      }
      workbook.write(out);
    }
  }

  private static Sheet sheet(
      SXSSFWorkbook workbook, int number, @Nullable SourceTable table, CellStyle head) {
    Sheet sheet = workbook.createSheet(number == 1 ? "隔离的记录" : "隔离的记录 " + number);
    sheet.createFreezePane(2, 1);
    sheet.setColumnWidth(0, 10 * 256);
    sheet.setColumnWidth(1, 40 * 256);
    List<String> own = table == null ? List.of("原文") : table.header();
    Row row = sheet.createRow(0);
    cell(row, 0, "记录序号", head);
    cell(row, 1, "原因", head);
    for (int i = 0; i < own.size(); i++) {
      sheet.setColumnWidth(i + 2, table == null ? 120 * 256 : 20 * 256);
      cell(row, i + 2, own.get(i), head);
    }
    return sheet;
  }

  private static void row(
      Row row, @Nullable SourceTable table, RefusedRecord record, CellStyle text) {
    cell(row, 0, Long.toString(record.record()), text);
    cell(row, 1, String.join("；", record.problems()), text);
    List<String> cells = table == null ? List.of(record.text()) : table.cells(record.text());
    for (int i = 0; i < cells.size(); i++) {
      cell(row, i + 2, cells.get(i), text);
    }
  }

  private static void cell(Row row, int at, String value, CellStyle style) {
    Cell cell = row.createCell(at);
    cell.setCellStyle(style);
    cell.setCellValue(value.length() > CELL ? value.substring(0, CELL) : value);
  }

  private static CellStyle head(SXSSFWorkbook workbook, CellStyle text) {
    CellStyle head = workbook.createCellStyle();
    head.cloneStyleFrom(text);
    Font bold = workbook.createFont();
    bold.setBold(true);
    head.setFont(bold);
    head.setFillForegroundColor(IndexedColors.GREY_25_PERCENT.getIndex());
    head.setFillPattern(FillPatternType.SOLID_FOREGROUND);
    head.setBorderBottom(BorderStyle.THIN);
    return head;
  }
}
