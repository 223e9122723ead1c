package cn.ganye.synth;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** A workbook of one sheet: a title over merged cells, amounts and days as numbers with a look. */
final class WorkbookOut extends CellsOut {
  private static final int ROWS_IN_MEMORY = 100;
  private static final int MOST_ROWS = SpreadsheetVersion.EXCEL2007.getMaxRows();

  private final Path file;
  private final SXSSFWorkbook workbook = new SXSSFWorkbook(ROWS_IN_MEMORY);
  private final Sheet sheet = workbook.createSheet("Sheet1");
  private final CellStyle day = style("yyyy-mm-dd");
  private final CellStyle yuan = style("0.00");
  private boolean headed;
  private int rows;

  WorkbookOut(Path file) {
    this.file = file;
    workbook
        .getXSSFWorkbook()
        .getProperties()
        .getCoreProperties()
        .setCreated(Optional.of(new Date(0)));
  }

  private CellStyle style(String look) {
    CellStyle style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat(look));
    return style;
  }

  @Override
  void names(List<String> names) throws IOException {
    row(List.copyOf(names));
    headed = true;
  }

  @Override
  void row(List<Object> cells) throws IOException {
    if (rows == MOST_ROWS) {
      throw new IOException(
          file
              + " would have more rows than a sheet holds ("
              + MOST_ROWS
              + "): leave xlsx out of the formats");
    }
    Row row = sheet.createRow(rows++);
    for (int column = 0; column < cells.size(); column++) {
      if (!cells.get(column).equals("")) {
        fill(row.createCell(column), cells.get(column));
      }
    }
    if (!headed && cells.size() > 1 && cells.get(1).equals("")) {
      sheet.addMergedRegion(new CellRangeAddress(rows - 1, rows - 1, 0, cells.size() - 1));
    }
  }

  private void fill(Cell cell, Object value) {
    switch (value) {
      case Yuan amount -> {
        cell.setCellValue(amount.fen() / 100.0);
        cell.setCellStyle(yuan);
      }
      case LocalDate date -> {
        cell.setCellValue(date);
        cell.setCellStyle(day);
      }
      case Long number -> cell.setCellValue(number);
      default -> cell.setCellValue(value.toString());
    }
  }

  @Override
  public void close() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    workbook.setZip64Mode(Zip64Mode.Never);
    try (workbook) {
      workbook.write(written);
    }
    try (ZipInputStream parts =
            new ZipInputStream(new ByteArrayInputStream(written.toByteArray()));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
        out.putNextEntry(ArchiveParts.named(part.getName()));
        parts.transferTo(out);
      }
    }
  }
}
