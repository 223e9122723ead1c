package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.cli.CommandsTest.Ran;
import cn.ganye.reference.ResidentId;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As an operator does it: what was refused comes back mended; what was wrong is taken out. */
class CorrectionCommandsTest {
  private static final Map<String, String> MENDED = Map.of("昨天", "1985-03-07", "甲,乙县", "360121");

  @TempDir Path folder;
  private Path in;
  private String pool;

  private static String id(int number) {
    return ResidentId.of(369900, 19850307, number).text();
  }

  /** Three residents, of whom one has a word for sex that nobody knows and one no birth. */
  @BeforeEach
  void build() throws Exception {
    in = Files.createDirectories(folder.resolve("in"));
    pool = folder.resolve("pool").toString();
    Files.writeString(
        in.resolve("resident_360121__20230105.csv"),
        "公民身份号码,姓名,性别,出生日期,户籍区划,常住区划,文化程度\n"
            + id(1)
            + ",张三,男性,1985-03-07,360121,360121,初级中学教育\n"
            + id(3)
            + ",李四,男性,1985-03-07,\"甲,乙县\",360121,初级中学教育\n"
            + id(5)
            + ",王五,男性,昨天,360121,360121,初级中学教育\n");
    Files.writeString(
        in.resolve("contribution_360121_202301_20230210.csv"),
        "社会保障号码,姓名,单位编号,结算期,对应费款所属期,险种类型,缴费类型,缴费基数\n"
            + id(1)
            + ",张三,U1,202301,202301,企业职工基本养老保险,正常,5000\n");
    assertThat(ganye("build", "--in", in.toString()).status()).isZero();
  }

  private Ran ganye(String command, String... more) {
    return CommandsTest.run(
        Stream.concat(
                Stream.of("pool", command),
                Stream.concat(Stream.of(more), Stream.of("--pool", pool)))
            .toArray(String[]::new));
  }

  private Ran quarantine(String command, String... more) {
    return ganye(
        "quarantine", Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new));
  }

  private String query(String sql) {
    return ganye("query", sql).out().lines().skip(1).toList().toString();
  }

  private int load(String file) {
    return Integer.parseInt(
        query("SELECT load FROM intake WHERE file LIKE '%" + file + "%'").replaceAll("\\D", ""));
  }

  @Test
  void what_was_refused_is_seen_mended_as_a_spreadsheet_and_sent_in_again() throws Exception {
    String load = Integer.toString(load("resident"));
    assertThat(quarantine("list").out()).contains("unknown-region", "bad-date", "日期无效");
    assertThat(quarantine("show", load).out()).contains("李四", "昨天", "出生日期：日期无效");
    Ran written = quarantine("export", load, "--in", in.toString(), "--out", folder.toString());
    assertThat(written.out()).contains("2 records");
    Path sheet;
    try (Stream<Path> files = Files.list(folder)) {
      sheet = files.filter(f -> f.toString().endsWith(".xlsx")).findFirst().orElseThrow();
    }
    assertThat(sheet.getFileName().toString()).matches("resident_360121_\\d{8}\\.xlsx");
    try (InputStream read = Files.newInputStream(sheet);
        XSSFWorkbook book = new XSSFWorkbook(read)) {
      for (Row row : book.getSheetAt(0)) {
        for (int at = 0; at < row.getLastCellNum(); at++) {
          String mended = MENDED.get(row.getCell(at).getStringCellValue());
          if (mended != null) {
            row.createCell(at).setCellValue(mended);
          }
        }
      }
      read.close();
      try (OutputStream mended = Files.newOutputStream(sheet)) {
        book.write(mended);
      }
    }
    Ran again = quarantine("replay", sheet.toString(), "--in", in.toString());
    assertThat(again.err()).isEmpty();
    assertThat(again.out()).contains("2 records, 2 accepted, 0 quarantined");
    assertThat(again.status()).isZero();
    assertThat(query("SELECT COUNT(*) FROM person_frame")).isEqualTo("[3]");
    String files = query("SELECT COUNT(*) FROM intake");
    assertThat(quarantine("replay", sheet.toString(), "--in", in.toString()).out())
        .contains("2 records, 2 accepted, 0 quarantined, 0 duplicates");
    assertThat(query("SELECT COUNT(*) FROM intake")).as("once").isEqualTo(files);
  }

  @Test
  void a_mapping_says_what_cells_should_have_been() {
    String load = Integer.toString(load("resident"));
    Ran again = quarantine("replay", load, "--in", in.toString(), "--map", "户籍区划:甲,乙县=360121");
    assertThat(again.out()).contains("1 records, 1 accepted, 0 quarantined");
    assertThat(query("SELECT COUNT(*) FROM person_frame")).isEqualTo("[2]");
    Ran nothing = quarantine("replay", load, "--in", in.toString(), "--map", "户籍区划:丙=360121");
    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.err()).contains("[nothing-mended]");
    Ran header = quarantine("replay", load, "--in", in.toString(), "--map", "籍贯:丙=360121");
    assertThat(header.status()).isEqualTo(2);
    assertThat(header.err()).contains("户籍区划");
    assertThat(quarantine("replay", "77", "--in", in.toString(), "--map", "a:b=c").err())
        .contains("[load-unknown]");
    assertThat(quarantine("replay", load, "--in", in.toString()).status()).isEqualTo(2);
  }

  @Test
  void a_load_is_taken_out_compared_and_told_as_it_was_known() {
    String first = ganye("snapshots").out().lines().toList().get(1).substring(0, 12);
    int load = load("contribution");
    Ran undone = ganye("undo", Integer.toString(load));
    assertThat(undone.out()).contains("load " + load + " is out", "Snapshot ");
    assertThat(query("SELECT COUNT(*) FROM person_status WHERE basis = 'formal'")).isEqualTo("[0]");
    assertThat(
            ganye(
                    "query",
                    "SELECT COUNT(*) FROM person_status WHERE basis = 'formal'",
                    "--snapshot",
                    first)
                .out())
        .contains("1");
    String second =
        undone.out().substring(undone.out().indexOf("Snapshot ") + 9).strip().substring(0, 12);
    Ran diff = ganye("diff", first, second);
    assertThat(diff.out()).contains("stock", "went: load " + load);
    assertThat(ganye("diff", first, second, "--mart", "stock").out())
        .startsWith("month,region_by,region")
        .contains("people_before,people_after");
    assertThat(ganye("undo", "4711").err()).contains("[load-unknown]");
    assertThat(ganye("diff", first, "ffffffffffff").status()).isEqualTo(2);

    Ran known = ganye("build", "--as-known-at", "2023-02-01");
    assertThat(known.out()).contains("As known at 2023-02-01");
    assertThat(ganye("build").status()).isEqualTo(2);
    assertThat(ganye("build", "--as-known-at", "yesterday").status()).isEqualTo(2);
  }
}
