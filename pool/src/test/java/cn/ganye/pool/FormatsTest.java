package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.intake.SourceTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a table comes in, it says the same; and what is no table is refused with a reason. */
class FormatsTest {
  private static final String INTAKE =
      "SELECT file, records, accepted, quarantined, duplicates FROM intake WHERE dataset = 'contribution' ORDER BY file";
  private static final Charset GBK = Charset.forName("GBK");

  @TempDir Path folder;

  /** Four people of one county; the others are named by the test. */
  private Sample sample() throws IOException {
    return new Sample(folder).people(4);
  }

  private static String[] month(int... persons) {
    String[] lines = new String[persons.length + 1];
    lines[0] = Sample.CONTRIBUTION;
    for (int i = 0; i < persons.length; i++) {
      lines[i + 1] = Sample.contribution(persons[i], "U1", 202301);
    }
    return lines;
  }

  private static byte[] text(String... lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> refused(Sample sample) {
    return sample.query("SELECT file, reason FROM refusal WHERE file LIKE '%bad%' ORDER BY 1, 2");
  }

  private static List<String> employed(Sample sample) {
    return sample.query(
        "SELECT from_month, to_month, COUNT(*) FROM person_status WHERE basis = 'formal' GROUP BY 1, 2 ORDER BY 1, 2");
  }

  private static void fill(Row row, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].isEmpty()) {
        row.createCell(i).setCellValue(cells[i]);
      }
    }
  }

  private static void write(Workbook book, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      book.write(out);
    }
  }

  /** As offices send it: a title, a header of two lines with merged cells, numbers for all. */
  @Test
  void a_workbook_with_titles_merged_headers_and_numbers() throws Exception {
    Sample sample = sample();
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      CellStyle day = book.createCellStyle();
      day.setDataFormat(book.createDataFormat().getFormat("yyyy/m/d"));
      Sheet sheet = book.createSheet("参保明细");
      sheet.createRow(0).createCell(0).setCellValue("南昌县企业职工养老保险缴费明细");
      sheet.addMergedRegion(new CellRangeAddress(0, 0, 0, 7));
      fill(sheet.createRow(2), "社会保障号码", "姓名", "缴费", "", "", "", "", "");
      fill(sheet.createRow(3), "", "", "单位编号", "结算期", "对应费款所属期", "险种类型", "缴费类型", "缴费基数");
      for (int i = 1; i <= 3; i++) {
        Row row = sheet.createRow(3 + i);
        fill(row, Sample.id(i), "张三", "U1", "", "", "企业职工基本养老保险", "正常", "");
        row.createCell(3).setCellValue(202301);
        Cell month = row.createCell(4);
        month.setCellValue(LocalDate.of(2023, 1, 1));
        month.setCellStyle(day);
        row.createCell(7).setCellValue(4999.1 + 0.9);
      }
      Row cut = sheet.createRow(7);
      fill(cut, "", "李四", "U1", "202301", "202301", "企业职工基本养老保险", "正常", "5000");
      cut.createCell(0).setCellValue(Double.parseDouble("360121198503071234"));
      fill(sheet.createRow(9), "合计", "", "", "", "", "", "", "20000");
      write(book, sample.in.resolve("contribution_360100_202301.xlsx"));
    }
    sample.build();
    assertThat(sample.query(INTAKE)).containsExactly("contribution_360100_202301.xlsx|6|3|3|0");
    assertThat(sample.query("SELECT reason, records FROM refusal ORDER BY 1"))
        .containsExactly("id-cut|1", "not-a-record|2");
    assertThat(employed(sample)).containsExactly("202301|202301|3");
    assertThat(
            SourceTable.of(sample.in, "contribution_360100_202301.xlsx", Contracts.builtIn())
                .orElseThrow()
                .header())
        .containsExactly(Sample.CONTRIBUTION.split(","));
  }

  @Test
  void days_are_days_however_a_workbook_keeps_them() throws Exception {
    Sample sample = sample();
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      CellStyle day = book.createCellStyle();
      day.setDataFormat((short) 14);
      Sheet sheet = book.createSheet();
      fill(sheet.createRow(0), "公民身份号码", "姓名", "性别", "出生日期", "户籍区划", "常住区划", "文化程度");
      for (int i = 5; i <= 7; i++) {
        Row row = sheet.createRow(i);
        fill(row, Sample.id(i), "张三", "男性", "", "360121", "360121", "初级中学教育");
        Cell born = row.createCell(3);
        switch (i) {
          case 5 -> born.setCellValue("1985-03-07");
          case 6 -> born.setCellValue(31113);
          default -> {
            born.setCellValue(LocalDate.of(1985, 3, 7));
            born.setCellStyle(day);
          }
        }
      }
      write(book, sample.in.resolve("resident_360121__20230106.xlsx"));
    }
    sample.month(202301, 1).build();
    assertThat(sample.query("SELECT accepted, quarantined FROM intake WHERE file LIKE '%.xlsx'"))
        .containsExactly("3|0");
    assertThat(sample.query("SELECT birth_month, COUNT(*) FROM person_frame GROUP BY 1 ORDER BY 1"))
        .containsExactly("198503|7");
  }

  @Test
  void each_sheet_is_a_table() throws Exception {
    Sample sample = sample();
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      for (int month = 202301; month <= 202302; month++) {
        Sheet sheet = book.createSheet("contribution_" + month);
        fill(sheet.createRow(0), Sample.CONTRIBUTION.split(","));
        fill(sheet.createRow(1), Sample.contribution(1, "U1", month).split(","));
      }
      book.createSheet("Sheet3");
      write(book, sample.in.resolve("contribution_360100__20230205.xlsx"));
    }
    sample.build();
    assertThat(sample.query(INTAKE))
        .containsExactly(
            "contribution_360100__20230205.xlsx!contribution_202301|1|1|0|0",
            "contribution_360100__20230205.xlsx!contribution_202302|1|1|0|0");
    String before = sample.build().manifest().snapshot();
    assertThat(sample.build().manifest().snapshot()).isEqualTo(before);
  }

  @Test
  void json_lines_and_parquet_and_gzip() throws Exception {
    Sample sample = sample();
    String[] names = Sample.CONTRIBUTION.split(",");
    StringBuilder json = new StringBuilder();
    for (int person = 1; person <= 2; person++) {
      String[] cells = Sample.contribution(person, "U1", 202301).split(",");
      json.append('{');
      for (int i = 0; i < names.length; i++) {
        json.append(i == 0 ? "" : ",").append('"').append(names[i]).append("\":");
        json.append(
            names[i].equals("缴费基数") || names[i].equals("结算期") ? cells[i] : '"' + cells[i] + '"');
      }
      json.append("}\n");
    }
    String late =
        json.substring(0, json.indexOf("\n") - 1).replace(Sample.id(1), Sample.id(3))
            + ",\"备注\":\"后来才有的列\"}\n";
    String many = json.toString().repeat(100) + late + "[1, 2]\nnot json\n";
    Files.writeString(sample.in.resolve("contribution_360100_202301.jsonl"), many);
    Path parquet = sample.in.resolve("contribution_360100_202302.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (SELECT '"
              + Sample.id(1)
              + "' AS 社会保障号码, '张三' AS 姓名, 'U1' AS 单位编号, 202302 AS 结算期, DATE '2023-02-01' AS 对应费款所属期, '企业职工基本养老保险' AS 险种类型, '正常' AS 缴费类型, 5000.00 AS 缴费基数) TO '"
              + parquet
              + "' (FORMAT parquet)");
    }
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(sample.in.resolve("contribution_360100_202303.jsonl.gz")))) {
      out.write(json.toString().replace("202301", "202303").getBytes(StandardCharsets.UTF_8));
    }
    sample.build();
    assertThat(sample.query(INTAKE))
        .containsExactly(
            "contribution_360100_202301.jsonl|203|2|3|198",
            "contribution_360100_202302.parquet|1|1|0|0",
            "contribution_360100_202303.jsonl.gz|2|2|0|0");
  }

  private static void zip(Path file, Charset names, String name, byte[] content)
      throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file), names)) {
      out.putNextEntry(new ZipEntry(name));
      out.write(content);
      out.closeEntry();
    }
  }

  @Test
  void members_of_archives_whose_names_are_in_gbk() throws Exception {
    Sample sample = sample();
    ByteArrayOutputStream workbook = new ByteArrayOutputStream();
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      Sheet sheet = book.createSheet();
      fill(sheet.createRow(0), Sample.CONTRIBUTION.split(","));
      fill(sheet.createRow(1), Sample.contribution(2, "U1", 202302).split(","));
      book.write(workbook);
    }
    try (ZipOutputStream out =
        new ZipOutputStream(
            Files.newOutputStream(sample.in.resolve("contribution_360100__20230301.zip")), GBK)) {
      out.putNextEntry(new ZipEntry("一月/南昌县202301.csv"));
      out.write(String.join("\n", month(1, 2)).getBytes(GBK));
      out.putNextEntry(new ZipEntry("二月/南昌县202302.xlsx"));
      out.write(workbook.toByteArray());
      out.putNextEntry(new ZipEntry("__MACOSX/._南昌县202301.csv"));
      out.write(1);
    }
    BuildReport first = sample.build();
    assertThat(sample.query(INTAKE))
        .containsExactly(
            "contribution_360100__20230301.zip!一月/南昌县202301.csv|2|2|0|0",
            "contribution_360100__20230301.zip!二月/南昌县202302.xlsx|1|1|0|0");
    assertThat(sample.build().manifest().snapshot()).isEqualTo(first.manifest().snapshot());
    // The same bytes under another path are sent again.
    Files.write(
        sample.in.resolve("contribution_360100_202301_20230302.csv"),
        String.join("\n", month(1, 2)).getBytes(GBK));
    sample.build();
    assertThat(sample.query(INTAKE)).contains("contribution_360100_202301_20230302.csv|2|0|0|2");
  }

  @Test
  void what_is_no_table_is_refused_and_the_others_go_on() throws Exception {
    Sample sample = sample().month(202301, 1);
    Path in = sample.in;
    try (HSSFWorkbook book = new HSSFWorkbook()) {
      book.createSheet().createRow(0).createCell(0).setCellValue("社会保障号码");
      write(book, in.resolve("contribution_bad_old.xls"));
    }
    zip(in.resolve("contribution_bad_out.zip"), GBK, "../../etc/cron.csv", text(month(2)));
    zip(in.resolve("contribution_bad_nested.zip"), GBK, "inner.zip", new byte[] {'P', 'K', 3, 4});
    zip(in.resolve("contribution_bad_bomb.zip"), GBK, "bomb.csv", new byte[200 << 20]);
    byte[] good;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      Sheet sheet = book.createSheet();
      fill(sheet.createRow(0), Sample.CONTRIBUTION.split(","));
      for (int i = 1; i < 2000; i++) {
        fill(sheet.createRow(i), Sample.contribution(i, "U1", 202302).split(","));
      }
      book.write(bytes);
      good = bytes.toByteArray();
    }
    Files.write(in.resolve("contribution_bad_half.xlsx"), Arrays.copyOf(good, 20_000));
    zip(in.resolve("contribution_bad_cut.zip"), GBK, "a.csv", text(month(2, 3, 4)));
    byte[] whole = Files.readAllBytes(in.resolve("contribution_bad_cut.zip"));
    Files.write(in.resolve("contribution_bad_cut.zip"), Arrays.copyOf(whole, 90));
    Files.write(in.resolve("contribution_bad_no.parquet"), new byte[] {'P', 'A', 'R', '1', 0, 0});
    Files.write(in.resolve("contribution_bad_empty.jsonl"), new byte[0]);
    Files.writeString(in.resolve("contribution_bad_xml.xlsx"), "<html>not a workbook</html>");
    sample.build();
    assertThat(refused(sample))
        .containsExactly(
            "contribution_bad_bomb.zip|too-large",
            "contribution_bad_cut.zip|broken-archive",
            "contribution_bad_empty.jsonl|empty-file",
            "contribution_bad_half.xlsx|broken-archive",
            "contribution_bad_nested.zip!inner.zip|not-text",
            "contribution_bad_no.parquet|broken-archive",
            "contribution_bad_old.xls|old-spreadsheet",
            "contribution_bad_out.zip|unsafe-archive",
            "contribution_bad_xml.xlsx|missing-column");
    assertThat(employed(sample)).containsExactly("202301|202301|1");
  }

  /** Many systems call a table of text or HTML by a workbook's name. */
  @Test
  void text_under_a_workbooks_name_is_text() throws Exception {
    Sample sample = sample();
    Files.write(sample.in.resolve("contribution_360100_202301.xls"), text(month(1, 2)));
    sample.build();
    assertThat(sample.query(INTAKE)).containsExactly("contribution_360100_202301.xls|2|2|0|0");
  }

  @Test
  void a_formula_is_what_it_came_to_and_an_error_is_none() throws Exception {
    Sample sample = sample();
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      Sheet sheet = book.createSheet();
      fill(sheet.createRow(0), Sample.CONTRIBUTION.split(","));
      for (int i = 1; i <= 2; i++) {
        Row row = sheet.createRow(i);
        String[] cells = Sample.contribution(i, "U1", 202301).split(",");
        fill(row, cells);
        row.createCell(7).setCellFormula(i == 1 ? "2500*2" : "1/0");
      }
      book.getCreationHelper().createFormulaEvaluator().evaluateAll();
      write(book, sample.in.resolve("contribution_360100_202301.xlsx"));
    }
    sample.build();
    assertThat(sample.query(INTAKE)).containsExactly("contribution_360100_202301.xlsx|2|1|1|0");
    assertThat(sample.query("SELECT reason, records FROM refusal")).containsExactly("bad-number|1");
  }

  /** A sheet that names another file of the machine gets nothing of it. */
  @Test
  void a_workbook_reaches_for_nothing_outside() throws Exception {
    Sample sample = sample().month(202301, 1);
    Path book = sample.in.resolve("contribution_bad_entity.xlsx");
    try (XSSFWorkbook plain = new XSSFWorkbook()) {
      fill(plain.createSheet().createRow(0), Sample.CONTRIBUTION.split(","));
      write(plain, book);
    }
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(book));
        ZipOutputStream out = new ZipOutputStream(changed)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        byte[] part = in.readAllBytes();
        if (entry.getName().endsWith("sheet1.xml")) {
          part =
              new String(part, StandardCharsets.UTF_8)
                  .replace(
                      "<worksheet",
                      "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet")
                  .replace("</v>", "&e;</v>")
                  .getBytes(StandardCharsets.UTF_8);
        }
        out.write(part);
        out.closeEntry();
      }
    }
    Files.write(book, changed.toByteArray());
    sample.build();
    assertThat(refused(sample)).containsExactly("contribution_bad_entity.xlsx|broken-archive");
  }

  @Test
  void the_header_over_a_refused_record_is_found_again_within_its_file() throws Exception {
    Sample sample = sample();
    zip(
        sample.in.resolve("contribution_360100_202301.zip"),
        GBK,
        "明细.csv",
        text(Sample.CONTRIBUTION, Sample.contribution(1, "U1", 202301).replace("5000.00", "五千")));
    sample.build();
    assertThat(sample.query("SELECT reason, records FROM refusal")).containsExactly("bad-number|1");
    String path = "contribution_360100_202301.zip!明细.csv";
    assertThat(SourceTable.of(sample.in, path, Contracts.builtIn()).orElseThrow().header())
        .containsExactly(Sample.CONTRIBUTION.split(","));
    assertThat(SourceTable.of(sample.in, path + "x", Contracts.builtIn())).isEmpty();
  }
}
