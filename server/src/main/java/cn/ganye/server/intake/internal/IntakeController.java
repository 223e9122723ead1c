package cn.ganye.server.intake.internal;

import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Audit;
import cn.ganye.server.access.Role;
import cn.ganye.server.problems.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The intake desk. */
@RestController
@RequestMapping("/api/v1/intake")
class IntakeController {
  private static final int SHOWN = 200;
  private static final int EXPORTED = 1_000_000;

  private final Builds builds;
  private final Uploads uploads;
  private final ReceivedFiles files;
  private final Audit audit;

  IntakeController(Builds builds, Uploads uploads, ReceivedFiles files, Audit audit) {
    this.builds = builds;
    this.uploads = uploads;
    this.files = files;
    this.audit = audit;
  }

  record Started(UUID id) {}

  @GetMapping("/files")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE})
  ReceivedFiles.FilesPage files(
      @RequestParam(required = false, defaultValue = "0") int after,
      @RequestParam(required = false, defaultValue = "false") boolean refused) {
    return files.list(after, refused);
  }

  /** Refused records hold personal data: who sees them is audited. */
  @GetMapping("/files/{load}/refused")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE})
  List<ReceivedFiles.RefusedRecord> refused(@PathVariable int load) throws IOException {
    audit.write("refused-records-seen", Integer.toString(load), "", "");
    return files.refused(load, SHOWN);
  }

  /** The same as a table that any spreadsheet opens, to be mended and sent in again. */
  @GetMapping("/files/{load}/refused.csv")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE})
  ResponseEntity<byte[]> refusedAsTable(@PathVariable int load) throws IOException {
    List<ReceivedFiles.RefusedRecord> records = files.refused(load, EXPORTED);
    audit.write(
        "refused-records-exported", Integer.toString(load), "", records.size() + " records");
    StringBuilder table = new StringBuilder("\uFEFF记录序号,原因,原文\r\n");
    for (ReceivedFiles.RefusedRecord record : records) {
      table
          .append(record.record())
          .append(',')
          .append(cell(String.join("；", record.problems())))
          .append(',')
          .append(cell(record.text()))
          .append("\r\n");
    }
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("refused-" + load + ".csv", StandardCharsets.UTF_8)
                .build()
                .toString())
        .body(table.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Quoted; what a spreadsheet would take for a formula gets an apostrophe before it. */
  private static String cell(String text) {
    String safe = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }

  @GetMapping("/datasets")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE, Role.CITY, Role.COUNTY, Role.ANALYST})
  List<ReceivedFiles.Dataset> datasets() {
    return files.datasets();
  }

  @GetMapping("/snapshots")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE, Role.CITY, Role.COUNTY, Role.ANALYST})
  List<ReceivedFiles.SnapshotLine> snapshots() {
    return files.snapshots();
  }

  @GetMapping("/uploads")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE, Role.CITY, Role.COUNTY})
  List<Uploads.Upload> uploads() {
    return uploads.list();
  }

  @PostMapping(path = "/uploads", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE, Role.CITY, Role.COUNTY})
  Uploads.Upload upload(@RequestParam MultipartFile file) throws IOException {
    if (file.isEmpty()) {
      throw Problem.invalid(new Problem.Fault("file", "文件是空的"));
    }
    return uploads.take(file);
  }

  @GetMapping("/builds")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE, Role.CITY, Role.COUNTY})
  List<Builds.Build> builds() {
    return builds.list();
  }

  @PostMapping("/builds")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE})
  Started build() {
    return new Started(builds.start());
  }

  @PostMapping("/builds/{id}/cancel")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE})
  void cancel(@PathVariable UUID id) {
    builds.cancel(id);
  }
}
