package cn.ganye.server.analysis.internal.export;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.analysis.internal.Asked;
import cn.ganye.server.analysis.internal.Disclosure;
import cn.ganye.server.marts.Marts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whole marts of one's region as files: asked for, followed, fetched. */
@RestController
@RequestMapping("/api/v1/exports")
class ExportsController {
  /** A mart, from which month to which; all months if they are not given. */
  record Asking(@Nullable String mart, @Nullable Integer firstMonth, @Nullable Integer lastMonth) {}

  /** A mart that may be asked for. */
  record ExportableMart(String mart, String title) {}

  /**
   * Exports.
   *
   * @param marts what the account may ask for
   * @param days how long a file is kept
   */
  record ExportList(List<ExportableMart> marts, List<Exports.Export> exports, long days) {}

  private final Exports exports;
  private final ExportWriter writer;
  private final Marts marts;
  private final Disclosure disclosure;

  ExportsController(Exports exports, ExportWriter writer, Marts marts, Disclosure disclosure) {
    this.exports = exports;
    this.writer = writer;
    this.marts = marts;
    this.disclosure = disclosure;
  }

  @GetMapping
  @Allowed(figures = true)
  ExportList exports() {
    boolean exact = disclosure.exact(Current.account().role());
    return new ExportList(
        Arrays.stream(ExportedMart.values())
            .filter(mart -> exact || mart.keyed())
            .map(mart -> new ExportableMart(mart.mart(), mart.title()))
            .toList(),
        exports.list(),
        Exports.KEPT.toDays());
  }

  /** Asks for one: a job. */
  @PostMapping
  @Allowed(figures = true)
  ExportList ask(@RequestBody Asking asking) {
    Account account = Current.account();
    Asked asked = new Asked(account, marts.snapshot());
    String name = Objects.requireNonNullElse(asking.mart(), "");
    boolean exact = disclosure.exact(account.role());
    if (asked.known("mart", name, ExportedMart.names())
        && !exact
        && !ExportedMart.of(name).orElseThrow().keyed()) {
      asked.fault("mart", "这张表只给县级及以上的工作人员");
    }
    int first =
        asked.month(
            "firstMonth",
            Objects.requireNonNullElse(asking.firstMonth(), marts.snapshot().firstMonth()));
    int last = asked.month("lastMonth", asking.lastMonth());
    if (first > last) {
      asked.fault("firstMonth", "应不晚于 lastMonth（" + last + "）");
    }
    asked.check();
    exports.ask(ExportedMart.of(name).orElseThrow(), first, last);
    return exports();
  }

  @PostMapping("/{id}/cancel")
  @Allowed(figures = true)
  ExportList cancel(@PathVariable UUID id) {
    exports.cancel(id);
    return exports();
  }

  /** The file: a zip of the CSV and of what its columns mean. */
  @GetMapping("/{id}/file")
  @Allowed(figures = true)
  void file(@PathVariable UUID id, HttpServletResponse response) throws IOException {
    Exports.Export export = exports.finished(id);
    Path file = Exports.file(writer.folder(), id);
    response.setContentType("application/zip");
    response.setContentLengthLong(export.bytes());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename(
                "ganye-"
                    + export.mart()
                    + "-"
                    + export.firstMonth()
                    + "-"
                    + export.lastMonth()
                    + ".zip")
            .build()
            .toString());
    Files.copy(file, response.getOutputStream());
  }
}
