package cn.ganye.server.analysis.internal.export;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Audit;
import cn.ganye.server.access.Current;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.storage.Scope;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The book of exports: who asked for what, how far it is, and what came of it. */
@Service
class Exports {
  /** How long a file is kept. */
  static final Duration KEPT = Duration.ofDays(7);

  /** Of nobody's: the work that goes on by itself. */
  static final Scope BACKGROUND = new Scope("", "background", "");

  /**
   * An export as its account sees it.
   *
   * @param done so many parts of {@code of} are written
   */
  record Export(
      UUID id,
      String mart,
      String title,
      int firstMonth,
      int lastMonth,
      String state,
      int done,
      int of,
      long rows,
      long bytes,
      String snapshot,
      String problem,
      Instant askedAt,
      @Nullable Instant endedAt) {}

  /** One to be worked on, with the scope that it is read in. */
  record Work(UUID id, ExportedMart mart, int firstMonth, int lastMonth, Scope scope) {}

  private final JdbcClient database;
  private final Audit audit;
  private final Clock clock;

  Exports(JdbcClient database, Audit audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  @Transactional(readOnly = true)
  List<Export> list() {
    return database
        .sql("SELECT * FROM analysis.export ORDER BY asked_at DESC LIMIT 50")
        .query((row, n) -> export(row))
        .list();
  }

  private static Export export(ResultSet row) throws SQLException {
    Timestamp ended = row.getTimestamp("ended_at");
    String mart = row.getString("mart");
    return new Export(
        row.getObject("id", UUID.class),
        mart,
        ExportedMart.of(mart).map(ExportedMart::title).orElse(mart),
        row.getInt("first_month"),
        row.getInt("last_month"),
        row.getString("state"),
        row.getInt("done"),
        row.getInt("of"),
        row.getLong("rows"),
        row.getLong("bytes"),
        row.getString("snapshot"),
        row.getString("problem"),
        row.getTimestamp("asked_at").toInstant(),
        ended == null ? null : ended.toInstant());
  }

  /** Asks for one; the same question while it is open is the same job. */
  @Transactional
  void ask(ExportedMart mart, int firstMonth, int lastMonth) {
    Account account = Current.account();
    int asked =
        database
            .sql(
                "INSERT INTO analysis.export (id, account, username, role, region, mart, first_month, last_month, state, asked_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT DO NOTHING")
            .params(
                UUID.randomUUID(),
                account.id(),
                account.username(),
                account.role().word(),
                account.region(),
                mart.mart(),
                firstMonth,
                lastMonth,
                Timestamp.from(clock.instant()))
            .update();
    if (asked == 1) {
      audit.write("mart-exported", mart.mart(), "", firstMonth + "–" + lastMonth);
    }
  }

  /** Ends one of the account's own that is not done. */
  @Transactional
  void cancel(UUID id) {
    int cancelled =
        database
            .sql(
                "UPDATE analysis.export SET state = 'cancelled', ended_at = ? WHERE id = ? AND state IN ('waiting', 'running')")
            .params(Timestamp.from(clock.instant()), id)
            .update();
    if (cancelled == 0) {
      throw Problem.notFound("未完成的导出");
    }
  }

  /** One of the account's own whose file is there. */
  @Transactional(readOnly = true)
  Export finished(UUID id) {
    return database
        .sql("SELECT * FROM analysis.export WHERE id = ? AND state = 'done'")
        .param(id)
        .query((row, n) -> export(row))
        .optional()
        .orElseThrow(() -> Problem.notFound("该导出文件"));
  }

  /** What a killed server was at waits again. */
  @Transactional
  void takeUpAgain() {
    database
        .sql("UPDATE analysis.export SET state = 'waiting', done = 0 WHERE state = 'running'")
        .update();
  }

  /** Takes the oldest that waits. */
  @Transactional
  Optional<Work> next() {
    return database
        .sql(
            "UPDATE analysis.export SET state = 'running' WHERE id = (SELECT id FROM analysis.export WHERE state = 'waiting'"
                + " ORDER BY asked_at LIMIT 1) RETURNING id, account, role, region, mart, first_month, last_month")
        .query(
            (row, n) ->
                new Work(
                    row.getObject("id", UUID.class),
                    ExportedMart.of(row.getString("mart")).orElseThrow(),
                    row.getInt("first_month"),
                    row.getInt("last_month"),
                    new Scope(
                        row.getString("account"), row.getString("role"), row.getString("region"))))
        .optional();
  }

  /**
   * Says how far one is.
   *
   * @return whether it is still wanted
   */
  @Transactional
  boolean told(UUID id, int done, int of, long rows) {
    return database
            .sql(
                "UPDATE analysis.export SET done = ?, of = ?, rows = ? WHERE id = ? AND state = 'running'")
            .params(done, of, rows, id)
            .update()
        == 1;
  }

  /** Ends one that is running. */
  @Transactional
  void end(UUID id, String state, long rows, long bytes, String snapshot, String problem) {
    database
        .sql(
            "UPDATE analysis.export SET state = ?, rows = ?, bytes = ?, snapshot = ?, problem = ?, ended_at = ? WHERE id = ? AND state = 'running'")
        .params(state, rows, bytes, snapshot, problem, Timestamp.from(clock.instant()), id)
        .update();
  }

  /** Those whose files are to be thrown away. */
  @Transactional
  List<UUID> expired() {
    return database
        .sql(
            "UPDATE analysis.export SET state = 'expired' WHERE state = 'done' AND ended_at < ? RETURNING id")
        .param(Timestamp.from(clock.instant().minus(KEPT)))
        .query((row, n) -> row.getObject("id", UUID.class))
        .list();
  }

  /** Where the file of one is. */
  static Path file(Path folder, UUID id) {
    return folder.resolve(id + ".zip");
  }
}
