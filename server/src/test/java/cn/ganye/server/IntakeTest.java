package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.reference.ResidentId;
import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.extractor.XSSFExcelExtractor;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The intake desk: files, builds in a process of their own, what was refused. */
class IntakeTest {
  private static final byte[] FILE =
      ("姓名,证件号码,死亡日期,注销日期,火化日期\n" + "甲,369901196001011237,2024-01-05,,\n")
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void a_file_name_is_a_name_and_never_a_path() throws Exception {
    TestApp app = TestApp.running();
    Visitor admin = app.signedIn("admin");
    for (String name :
        List.of(
            "../../evil.csv",
            "..\\evil.csv",
            "/etc/passwd",
            "a/b.csv",
            ".hidden.csv",
            "_ignored.csv",
            "x.exe",
            "a\u0000b.csv",
            "<script>.csv")) {
      Answer answer = admin.upload("/api/v1/intake/uploads", name, FILE);
      assertThat(answer.status()).as(name).isEqualTo(400);
    }
    try (Stream<Path> files = Files.walk(app.files)) {
      assertThat(files.filter(f -> f.toString().contains("evil"))).isEmpty();
    }
  }

  @Test
  void an_office_sends_nothing_in_the_name_of_another() throws Exception {
    TestApp app = TestApp.running();
    Visitor clerk = app.signedIn("xinfeng");
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      zip.putNextEntry(new ZipEntry("deceased_360700__20260125.csv"));
      zip.write(FILE);
    }
    assertThat(refusal(clerk, "deceased_360700__20260125.csv", FILE)).contains("360700");
    assertThat(refusal(clerk, "deceased_360121__20260125.csv", FILE)).contains("360121");
    assertThat(refusal(clerk, "deceased__20260125.csv", FILE)).contains("没有写明区划");
    assertThat(refusal(clerk, "deceased_360722__20260125.zip", archive.toByteArray()))
        .contains("360700");
    String own = "deceased_360722__20260125.csv";
    assertThat(clerk.upload("/api/v1/intake/uploads", own, FILE).status()).isEqualTo(200);
    try (Stream<Path> files = Files.walk(app.files.resolve("uploads"))) {
      assertThat(files.filter(f -> f.toString().contains("20260125")))
          .allMatch(f -> f.endsWith(own));
    }
  }

  private static String refusal(Visitor clerk, String name, byte[] content) throws Exception {
    Answer answer = clerk.upload("/api/v1/intake/uploads", name, content);
    assertThat(answer.status()).as(name).isEqualTo(400);
    return answer.body();
  }

  @Test
  void an_uploaded_file_is_built_into_a_new_snapshot() throws Exception {
    TestApp app = TestApp.running();
    Visitor admin = app.signedIn("admin");
    String before = admin.get("/api/v1/snapshot").json().path("id").asString();
    String name = "deceased_360700__20260120.csv";
    assertThat(admin.upload("/api/v1/intake/uploads", name, FILE).status()).isEqualTo(200);
    Answer started = admin.post("/api/v1/intake/builds", "{}");
    assertThat(started.status()).isEqualTo(200);
    Answer twice = admin.post("/api/v1/intake/builds", "{}");
    assertThat(twice.status()).isEqualTo(409);
    assertThat(twice.code()).isEqualTo("build-running");
    JsonNode build = done(admin);
    String after = admin.get("/api/v1/snapshot").json().path("id").asString();
    assertThat(after).isEqualTo(build.path("snapshot").asString()).isNotEqualTo(before);
    assertThat(admin.get("/api/v1/overview").json().path("snapshot").path("id").asString())
        .isEqualTo(after);
  }

  private static JsonNode done(Visitor admin) throws Exception {
    JsonNode build = admin.get("/api/v1/intake/builds").json().path(0);
    for (int i = 0; i < 300 && build.path("state").asString().equals("running"); i++) {
      Thread.sleep(200);
      build = admin.get("/api/v1/intake/builds").json().path(0);
    }
    assertThat(build.path("state").asString()).as(build.toString()).isEqualTo("done");
    return build;
  }

  /** Its members are in the ledger and it is not: it waits no longer, and a record is shown. */
  @Test
  void an_archive_is_taken_in_by_its_members() throws Exception {
    Visitor admin = TestApp.running().signedIn("admin");
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      zip.putNextEntry(new ZipEntry("deceased_360700__20260122.csv"));
      zip.write(
          "姓名,证件号码,死亡日期,注销日期,火化日期\n乙,369901196001011237,去年,,\n".getBytes(StandardCharsets.UTF_8));
    }
    String name = "死亡名单_20260122.zip";
    assertThat(admin.upload("/api/v1/intake/uploads", name, archive.toByteArray()).status())
        .isEqualTo(200);
    assertThat(admin.get("/api/v1/intake/inbox").body()).contains(name);
    assertThat(admin.post("/api/v1/intake/builds", "{}").status()).isEqualTo(200);
    done(admin);
    assertThat(admin.get("/api/v1/intake/inbox").body()).doesNotContain(name);
    JsonNode files = admin.get("/api/v1/intake/files").json().path("files");
    int load = 0;
    for (JsonNode file : files) {
      if (file.path("file").asString().endsWith(name + "!deceased_360700__20260122.csv")) {
        load = file.path("load").asInt();
      }
    }
    assertThat(load).as(files.toString()).isPositive();
    try (XSSFWorkbook book =
        new XSSFWorkbook(
            new ByteArrayInputStream(
                admin.bytes("/api/v1/intake/files/" + load + "/refused.xlsx")))) {
      assertThat(new XSSFExcelExtractor(book).getText()).contains("死亡日期", "去年");
    }
  }

  @Test
  void refused_records_are_shown_with_reasons_and_exported_safely() throws Exception {
    TestApp app = TestApp.running();
    Visitor admin = app.signedIn("admin");
    JsonNode files = admin.get("/api/v1/intake/files?refused=true").json().path("files");
    JsonNode file =
        files
            .valueStream()
            .filter(f -> f.path("quarantined").asLong() > 0)
            .findFirst()
            .orElseThrow();
    int load = file.path("load").asInt();
    JsonNode refused = admin.get("/api/v1/intake/files/" + load + "/refused").json();
    JsonNode records = refused.path("records");
    assertThat(refused.path("header").size()).isGreaterThan(3);
    assertThat(records.size()).isEqualTo(file.path("quarantined").asInt());
    assertThat(records.path(0).path("problems").size()).isPositive();
    byte[] workbook = admin.bytes("/api/v1/intake/files/" + load + "/refused.xlsx");
    try (XSSFWorkbook read = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
      Sheet sheet = read.getSheetAt(0);
      assertThat(sheet.getLastRowNum()).isEqualTo(records.size());
      Row head = sheet.getRow(0);
      assertThat(head.getCell(0).getStringCellValue()).isEqualTo("记录序号");
      List<String> header = new ArrayList<>();
      head.forEach(cell -> header.add(cell.getStringCellValue()));
      assertThat(header).hasSizeGreaterThan(4).doesNotContain("原文");
      sheet.forEach(
          row -> row.forEach(cell -> assertThat(cell.getCellType()).isEqualTo(CellType.STRING)));
      assertThat(sheet.getRow(1).getCell(1).getStringCellValue()).isNotBlank();
    }
  }

  /**
   * At the desk: a record with a county that nobody knows is mended in the browser and comes in.
   */
  @Test
  void a_refused_record_is_mended_in_the_browser_and_sent_in_again() throws Exception {
    TestApp app = TestApp.running();
    Visitor admin = app.signedIn("admin");
    String id = ResidentId.of(369900, 19850307, 977).text();
    String name = "resident_360121__20240301.csv";
    Path file = app.files.resolve(name);
    Files.writeString(
        file,
        "公民身份号码,姓名,性别,出生日期,户籍区划,常住区划,文化程度\n" + id + ",\"张,三\",男性,1985-03-07,某县,360121,初级中学教育\n");
    assertThat(admin.post("/api/v1/intake/builds", "{}").status()).isEqualTo(200);
    done(admin);
    JsonNode line =
        admin
            .get("/api/v1/intake/files?refused=true")
            .json()
            .path("files")
            .valueStream()
            .filter(f -> f.path("file").asString().equals(name))
            .findFirst()
            .orElseThrow();
    String at = "/api/v1/intake/files/" + line.path("load").asInt();
    JsonNode refused = admin.get(at + "/refused").json();
    assertThat(refused.path("records").path(0).path("problems").toString()).contains("户籍区划");
    assertThat(refused.path("records").path(0).path("wrong").toString()).isEqualTo("[4]");
    List<String> cells = new ArrayList<>();
    refused.path("records").path(0).path("cells").forEach(cell -> cells.add(cell.asString()));
    assertThat(cells).contains("张,三", "某县");
    cells.replaceAll(cell -> cell.equals("某县") ? "360121" : cell);
    assertThat(admin.post(at + "/mended", "{\"records\":[[\"a\"]]}").status()).isEqualTo(400);
    assertThat(admin.post(at + "/mended", "{\"records\":[]}").status()).isEqualTo(400);
    String body = JsonMapper.shared().writeValueAsString(Map.of("records", List.of(cells)));
    assertThat(app.signedIn("xinfeng").post(at + "/mended", body).status()).isEqualTo(403);
    Answer sent = admin.post(at + "/mended", body);
    assertThat(sent.status()).as(sent.body()).isEqualTo(200);
    String place = sent.json().path("place").asString();
    assertThat(admin.post(at + "/mended", body).json().path("place").asString())
        .as("once more is another file")
        .isNotEqualTo(place);
    assertThat(admin.post("/api/v1/intake/builds", "{}").status()).isEqualTo(200);
    done(admin);
    JsonNode mended =
        admin
            .get("/api/v1/intake/files")
            .json()
            .path("files")
            .valueStream()
            .filter(f -> f.path("file").asString().equals(place))
            .findFirst()
            .orElseThrow();
    assertThat(mended.path("accepted").asInt()).isEqualTo(1);
    assertThat(app.signedIn("auditor").get("/api/v1/audit").body())
        .contains("refused-records-mended");
    Files.delete(file);
    assertThat(admin.post(at + "/mended", body).status()).isEqualTo(409);
  }
}
