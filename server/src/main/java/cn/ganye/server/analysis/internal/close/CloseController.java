package cn.ganye.server.analysis.internal.close;

import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.analysis.internal.Asked;
import cn.ganye.server.analysis.internal.Measure;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Revision;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.problems.Problem.Fault;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The month's close and its brief. */
@RestController
@RequestMapping("/api/v1/closes")
class CloseController {
  /** The month to be frozen; the last of the snapshot if none is given. */
  record Freezing(@Nullable Integer month) {}

  /** Why a measure has changed. */
  record Explaining(@Nullable String measure, @Nullable String text) {}

  /**
   * A figure that is another one now.
   *
   * @param then as it was frozen
   */
  record RevisedFigure(String measure, @Nullable Double then, @Nullable Double now) {}

  /**
   * What has changed in a closed month since it was frozen.
   *
   * @param snapshot the one in force, that the closed one is compared with
   */
  record Revisions(
      List<RevisedFigure> figures,
      List<Revision.ChangedCell> cells,
      List<Revision.NewFiles> files,
      Snapshot snapshot) {}

  private final MonthCloses closes;
  private final Freezer freezer;
  private final Marts marts;

  CloseController(MonthCloses closes, Freezer freezer, Marts marts) {
    this.closes = closes;
    this.freezer = freezer;
    this.marts = marts;
  }

  /** The closed months within the account's region. */
  @GetMapping
  @Allowed(figures = true)
  List<MonthCloses.CloseHeader> closes() {
    return closes.list();
  }

  /** Freezes a month of the account's own region, anew if it is frozen and not locked. */
  @PostMapping
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY})
  Closed freeze(@RequestBody Freezing freezing) {
    Asked asked = new Asked(Current.account(), marts.snapshot());
    int month = asked.month("month", freezing.month());
    asked.check();
    closes.freeze(month);
    return closes.closed(Current.account().region(), month);
  }

  @GetMapping("/{region}/{month}")
  @Allowed(figures = true)
  Closed closed(@PathVariable String region, @PathVariable int month) {
    return closes.closed(region, month);
  }

  /** Says why a measure has changed; an empty text takes it back. */
  @PostMapping("/{region}/{month}/explanations")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY})
  Closed explain(
      @PathVariable String region, @PathVariable int month, @RequestBody Explaining explaining) {
    closes.explain(
        region,
        month,
        Objects.requireNonNullElse(explaining.measure(), ""),
        Objects.requireNonNullElse(explaining.text(), ""));
    return closes.closed(region, month);
  }

  /** Locks a month: from then on nothing of it changes. */
  @PostMapping("/{region}/{month}/lock")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY})
  Closed lock(@PathVariable String region, @PathVariable int month) {
    closes.lock(region, month);
    return closes.closed(region, month);
  }

  /** What has changed in it since: by comparing the frozen snapshot with the one in force. */
  @GetMapping("/{region}/{month}/revisions")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY})
  Revisions revisions(@PathVariable String region, @PathVariable int month) {
    Closed closed = closes.closed(region, month);
    Frozen then = closes.frozen(region, month);
    Snapshot snapshot = marts.snapshot();
    Frozen now = freezer.freeze(snapshot, region, month);
    List<RevisedFigure> figures =
        then.lines().stream()
            .map(
                line -> {
                  Measure measure = line.what();
                  return new RevisedFigure(
                      line.measure(),
                      line.ago(0).number(measure),
                      now.line(measure).map(l -> l.ago(0).number(measure)).orElse(null));
                })
            .filter(figure -> !Objects.equals(figure.then(), figure.now()))
            .toList();
    Revision revision = marts.revision(closed.snapshot(), region, month);
    return new Revisions(figures, revision.cells(), revision.files(), snapshot);
  }

  /**
   * The brief.
   *
   * @param kind pdf: one page; docx and xlsx: with charts that can be worked on
   */
  @GetMapping("/{region}/{month}/brief.{kind}")
  @Allowed(figures = true)
  void brief(
      @PathVariable String region,
      @PathVariable int month,
      @PathVariable String kind,
      HttpServletResponse response)
      throws IOException {
    Paper paper = PAPERS.get(kind);
    if (paper == null) {
      throw Problem.invalid(new Fault("kind", "应为 pdf、docx 或 xlsx"));
    }
    Brief brief = Brief.of(closes.closed(region, month));
    response.setContentType(paper.mediaType());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("ganye-brief-" + brief.region() + "-" + brief.month() + "." + kind)
            .build()
            .toString());
    response.getOutputStream().write(paper.print().of(brief));
  }

  /** A way to print a brief. */
  private record Paper(String mediaType, Print print) {}

  @FunctionalInterface
  private interface Print {
    byte[] of(Brief brief) throws IOException;
  }

  private static final Map<String, Paper> PAPERS =
      Map.of(
          "pdf", new Paper(BriefPdf.MEDIA_TYPE, BriefPdf::of),
          "docx", new Paper(BriefDocument.MEDIA_TYPE, BriefDocument::of),
          "xlsx", new Paper(BriefWorkbook.MEDIA_TYPE, BriefWorkbook::of));
}
