package cn.ganye.server.intake.internal;

import cn.ganye.pool.Quarantine;
import cn.ganye.pool.Quarantine.RefusedRecord;
import cn.ganye.pool.intake.RefusedWorkbook;
import cn.ganye.pool.intake.SourceTable;
import cn.ganye.pool.lake.Load;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Audit;
import cn.ganye.server.access.Role;
import cn.ganye.server.problems.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The intake desk. */
@RestController
@RequestMapping("/api/v1/intake")
class IntakeController {
  private static final ZoneId LEGAL_DAYS = ZoneId.of("Asia/Shanghai");
  private static final int SHOWN = 200;
  private static final int EXPORTED = 1_000_000;
  private static final int LONGEST = 1_000;

  private final Builds builds;
  private final Uploads uploads;
  private final ReceivedFiles files;
  private final Inbox inbox;
  private final Audit audit;
  private final Clock clock;

  IntakeController(
      Builds builds, Uploads uploads, ReceivedFiles files, Inbox inbox, Audit audit, Clock clock) {
    this.builds = builds;
    this.inbox = inbox;
    this.uploads = uploads;
    this.files = files;
    this.audit = audit;
    this.clock = clock;
  }

  record Started(UUID id) {}

  /**
   * A refused record.
   *
   * @param cells one for each of the header; empty if that is gone
   * @param wrong places of the cells that have a problem, from 0
   */
  record Refused(
      long record, String text, List<String> problems, List<String> cells, List<Integer> wrong) {}

  /**
   * Refused records of a file.
   *
   * @param header of the file; empty if the file is not there any more: then they are mended as a
   *     spreadsheet
   */
  record RefusedRecords(List<String> header, List<Refused> records) {}

  /** Mended records, a cell for each of the header. */
  record MendedRecords(List<List<String>> records) {}

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
  RefusedRecords refused(@PathVariable int load) throws IOException {
    Load of = files.load(load);
    audit.write("refused-records-seen", Integer.toString(load), "", "");
    SourceTable table = files.table(of).orElse(null);
    List<String> header = table == null ? List.of() : table.header();
    return new RefusedRecords(
        header,
        files.refused(of, SHOWN).stream()
            .map(
                record ->
                    new Refused(
                        record.record(),
                        record.text(),
                        record.problems(),
                        table == null ? List.of() : table.cells(record.text()),
                        IntStream.range(0, header.size())
                            .filter(place -> record.headers().contains(header.get(place)))
                            .boxed()
                            .toList()))
            .toList());
  }

  /** Takes mended records in again: as a file of their own, which the next build judges. */
  @PostMapping("/files/{load}/mended")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE})
  Uploads.Upload mended(@PathVariable int load, @RequestBody MendedRecords mended)
      throws IOException {
    Load of = files.load(load);
    List<String> header =
        files
            .table(of)
            .map(SourceTable::header)
            .orElseThrow(
                () ->
                    Problem.of(
                        HttpStatus.CONFLICT,
                        "file-gone",
                        "这份文件已不在收件夹里，不知道各列是什么",
                        "下载表格，改好后从“上传”送回"));
    List<List<String>> records = mended.records() == null ? List.of() : mended.records();
    if (records.isEmpty() || records.size() > SHOWN) {
      throw Problem.invalid(new Problem.Fault("records", "一次送回 1 至 " + SHOWN + " 条"));
    }
    for (List<String> cells : records) {
      if (cells.size() != header.size()
          || cells.stream().anyMatch(cell -> cell == null || cell.length() > LONGEST)) {
        throw Problem.invalid(
            new Problem.Fault("records", "每条应有 " + header.size() + " 格，每格不超过 " + LONGEST + " 个字"));
      }
    }
    Uploads.Upload upload =
        uploads.take(
            Quarantine.mendedName(of, LocalDate.now(clock.withZone(LEGAL_DAYS))) + ".csv",
            Quarantine.mended(header, records));
    audit.write("refused-records-mended", Integer.toString(load), "", records.size() + " records");
    return upload;
  }

  /** The same as a spreadsheet, a column for each of the file's, to be mended and sent in again. */
  @GetMapping("/files/{load}/refused.xlsx")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE})
  void refusedAsWorkbook(@PathVariable int load, HttpServletResponse response) throws IOException {
    Load of = files.load(load);
    List<RefusedRecord> records = files.refused(of, EXPORTED);
    SourceTable table = files.table(of).orElse(null);
    audit.write(
        "refused-records-exported", Integer.toString(load), "", records.size() + " records");
    response.setContentType(RefusedWorkbook.MEDIA_TYPE);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename(
                Quarantine.mendedName(of, LocalDate.now(clock.withZone(LEGAL_DAYS))) + ".xlsx",
                StandardCharsets.UTF_8)
            .build()
            .toString());
    RefusedWorkbook.write(table, records, response.getOutputStream());
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

  /** Files that wait for a build. */
  @GetMapping("/inbox")
  @Allowed({Role.ADMINISTRATOR, Role.PROVINCE})
  Inbox.Waiting inbox() throws IOException {
    return inbox.waiting();
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
