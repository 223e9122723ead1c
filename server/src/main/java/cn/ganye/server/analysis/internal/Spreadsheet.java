package cn.ganye.server.analysis.internal;

import cn.ganye.server.marts.Snapshot;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** A workbook of figures: a sheet that says what they are, then their tables. Streamed. */
final class Spreadsheet implements AutoCloseable {
  static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private static final int IN_MEMORY = 500;
  private static final int CHARACTER = 256;
  private static final int WIDEST = 60;

  private final SXSSFWorkbook workbook = new SXSSFWorkbook(IN_MEMORY);
  private final CellStyle head = workbook.createCellStyle();
  private final CellStyle whole = workbook.createCellStyle();
  private final CellStyle fraction = workbook.createCellStyle();

  Spreadsheet() {
    workbook.setCompressTempFiles(true);
    Font bold = workbook.createFont();
    bold.setBold(true);
    head.setFont(bold);
    head.setAlignment(HorizontalAlignment.CENTER);
    whole.setDataFormat(workbook.createDataFormat().getFormat("#,##0"));
    fraction.setDataFormat(workbook.createDataFormat().getFormat("#,##0.00"));
  }

  /**
   * What the figures are, and as of which snapshot.
   *
   * @param lines a name and a text each
   * @param perturbed whether counts carry noise
   */
  void about(List<List<String>> lines, boolean perturbed, Snapshot snapshot) {
    List<List<String>> all = new ArrayList<>(lines);
    all.add(List.of("数据截至", snapshot.lastMonth() + "（快照 " + snapshot.id() + "）"));
    if (perturbed) {
      all.add(List.of("扰动", "为保护个人，人数加了随机扰动（最多 ±5），各格之和不等于合计"));
    }
    if (snapshot.synthetic()) {
      all.add(List.of("合成数据", "全部数据为合成，不是任何真实的人或单位"));
    }
    about(all);
  }

  private void about(List<List<String>> lines) {
    Sheet sheet = workbook.createSheet("说明");
    sheet.setColumnWidth(0, 16 * CHARACTER);
    sheet.setColumnWidth(1, 100 * CHARACTER);
    for (int i = 0; i < lines.size(); i++) {
      Row row = sheet.createRow(i);
      row.createCell(0).setCellValue(lines.get(i).getFirst());
      row.getCell(0).setCellStyle(head);
      row.createCell(1).setCellValue(lines.get(i).getLast());
    }
  }

  /**
   * A table.
   *
   * @param texts so many columns on the left are texts and stay in view; the others are numbers
   * @param rows texts or numbers; an empty cell where nothing is told
   */
  void table(String name, List<String> header, int texts, Iterable<? extends List<?>> rows) {
    Sheet sheet = workbook.createSheet(name);
    sheet.createFreezePane(texts, 1);
    Row first = sheet.createRow(0);
    for (int i = 0; i < header.size(); i++) {
      first.createCell(i).setCellValue(header.get(i));
      first.getCell(i).setCellStyle(head);
      int width = Math.clamp(2L * header.get(i).length() + 4, i < texts ? 18 : 12, WIDEST);
      sheet.setColumnWidth(i, width * CHARACTER);
    }
    int at = 1;
    for (List<?> cells : rows) {
      Row row = sheet.createRow(at++);
      for (int i = 0; i < cells.size(); i++) {
        put(row, i, cells.get(i));
      }
    }
  }

  private void put(Row row, int at, @Nullable Object value) {
    if (value instanceof Number number) {
      double plain = number.doubleValue();
      row.createCell(at).setCellValue(plain);
      row.getCell(at).setCellStyle(plain == Math.rint(plain) ? whole : fraction);
    } else if (value != null) {
      row.createCell(at).setCellValue(value.toString());
    }
  }

  /** Sends it as a file to be saved, named in plain letters. */
  void send(HttpServletResponse response, String name) throws IOException {
    response.setContentType(MEDIA_TYPE);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name + ".xlsx").build().toString());
    workbook.write(response.getOutputStream());
  }

  @Override
  public void close() throws IOException {
    workbook.close();
  }
}
