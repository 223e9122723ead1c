package cn.ganye.server.analysis.internal;

import cn.ganye.server.access.Allowed;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.problems.Problem.Fault;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Makes a spreadsheet of the table that a page shows, for figures that have none of their own. */
@RestController
@RequestMapping("/api/v1/analysis")
class TableWorkbookController {
  private static final int CELLS = 200_000;
  private static final int TEXT = 1_000;

  /**
   * A table as it is shown.
   *
   * @param rows texts and numbers; null where nothing is told
   */
  record ShownTable(
      @Nullable String title,
      @Nullable String unit,
      @Nullable String definition,
      @Nullable String note,
      @Nullable List<String> columns,
      @Nullable List<List<@Nullable Object>> rows) {}

  private final Marts marts;

  TableWorkbookController(Marts marts) {
    this.marts = marts;
  }

  @PostMapping(value = "/table/workbook", produces = Spreadsheet.MEDIA_TYPE)
  @Allowed(figures = true)
  void workbook(@RequestBody ShownTable table, HttpServletResponse response) throws IOException {
    List<String> columns = Objects.requireNonNullElse(table.columns(), List.of());
    List<List<@Nullable Object>> rows = Objects.requireNonNullElse(table.rows(), List.of());
    if (columns.isEmpty() || (long) rows.size() * columns.size() > CELLS) {
      throw Problem.invalid(new Fault("rows", "应有列，且不超过 " + CELLS + " 格；更大的请用整表导出"));
    }
    if (rows.stream().anyMatch(row -> row.size() > columns.size())) {
      throw Problem.invalid(new Fault("rows", "每行的格数不应多于列数"));
    }
    try (Spreadsheet book = new Spreadsheet()) {
      book.about(
          Stream.of(
                  List.of("图表", text(table.title())),
                  List.of("单位", text(table.unit())),
                  List.of("口径", text(table.definition())),
                  List.of("说明", text(table.note())))
              .filter(line -> !line.getLast().isEmpty())
              .toList(),
          false,
          marts.snapshot());
      book.table("数据", columns.stream().map(TableWorkbookController::text).toList(), 1, rows);
      book.send(response, "ganye-table-" + marts.snapshot().lastMonth());
    }
  }

  private static String text(@Nullable String text) {
    String told = Objects.requireNonNullElse(text, "");
    return told.length() > TEXT ? told.substring(0, TEXT) : told;
  }
}
