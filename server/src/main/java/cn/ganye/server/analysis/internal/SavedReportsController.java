package cn.ganye.server.analysis.internal;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.problems.Problem.Fault;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Views of the map and of analysis that an account keeps under a name, or shares with its office.
 */
@RestController
@RequestMapping("/api/v1/reports")
class SavedReportsController {
  private static final int MOST = 200;
  private static final int TITLE = 100;
  private static final int PATH = 2000;

  /** A view to keep. */
  record Saving(@Nullable String title, @Nullable String path, @Nullable Boolean shared) {}

  /**
   * A view that is kept.
   *
   * @param path of a page, with everything that was chosen
   * @param own whether it is the account's own
   */
  record SavedReport(
      UUID id, String title, String path, boolean shared, boolean own, String by, Instant at) {}

  private final JdbcClient database;
  private final Clock clock;

  SavedReportsController(JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** One's own, and what others of the same office share; the newest first. */
  @GetMapping
  @Allowed(figures = true)
  @Transactional(readOnly = true)
  public List<SavedReport> reports() {
    UUID own = Current.account().id();
    return database
        .sql(
            "SELECT id, title, path, shared, account, username, at FROM analysis.saved_report ORDER BY at DESC")
        .query(
            (row, n) ->
                new SavedReport(
                    row.getObject("id", UUID.class),
                    row.getString("title"),
                    row.getString("path"),
                    row.getBoolean("shared"),
                    own.equals(row.getObject("account", UUID.class)),
                    row.getString("username"),
                    row.getTimestamp("at").toInstant()))
        .list();
  }

  /** Keeps a view. */
  @PostMapping
  @Allowed(figures = true)
  @Transactional
  public List<SavedReport> save(@RequestBody Saving saving) {
    Account account = Current.account();
    String title = Objects.requireNonNullElse(saving.title(), "").strip();
    String path = Objects.requireNonNullElse(saving.path(), "");
    List<Fault> faults = new ArrayList<>();
    if (title.isEmpty() || title.length() > TITLE) {
      faults.add(new Fault("title", "应为 1 至 " + TITLE + " 个字"));
    }
    if (!path.matches("/(map|analysis|overview)([/?].*)?") || path.length() > PATH) {
      faults.add(new Fault("path", "只能保存总览、地图和分析的页面"));
    }
    if (reports().stream().filter(SavedReport::own).count() >= MOST) {
      faults.add(new Fault("title", "最多保存 " + MOST + " 个，请先删去不用的"));
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults.toArray(Fault[]::new));
    }
    database
        .sql(
            "INSERT INTO analysis.saved_report (id, account, username, region, title, path, shared, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            UUID.randomUUID(),
            account.id(),
            account.username(),
            account.region(),
            title,
            path,
            Boolean.TRUE.equals(saving.shared()),
            Timestamp.from(clock.instant()))
        .update();
    return reports();
  }

  /** Removes one of one's own. */
  @PostMapping("/{id}/remove")
  @Allowed(figures = true)
  @Transactional
  public List<SavedReport> remove(@PathVariable UUID id) {
    int removed = database.sql("DELETE FROM analysis.saved_report WHERE id = ?").param(id).update();
    if (removed == 0) {
      throw Problem.notFound("该报表");
    }
    return reports();
  }
}
