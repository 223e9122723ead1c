package cn.ganye.server.access.internal;

import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Audit;
import cn.ganye.server.access.Role;
import cn.ganye.server.problems.Problem;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The auditor's screen: who saw or did what, and whether the trail is whole. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {
  private static final int PAGE = 50;

  private final JdbcClient database;
  private final Audit audit;

  AuditController(JdbcClient database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  record AuditEntry(
      long id,
      Instant at,
      String username,
      String role,
      String region,
      String action,
      String subject,
      String reason,
      String detail) {}

  /**
   * A page, the newest first.
   *
   * @param next cursor of the page after; null if this is the last
   */
  record AuditPage(List<AuditEntry> entries, @Nullable Long next) {}

  record Broken(long number, String what) {}

  /** Whether every sealed block still holds what it sealed. */
  record Trail(
      long blocks, long sealedEntries, long openEntries, String head, List<Broken> broken) {}

  @GetMapping
  @Allowed(Role.AUDITOR)
  @Transactional(readOnly = true)
  public AuditPage entries(
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(required = false) @Nullable String username,
      @RequestParam(required = false) @Nullable String action) {
    List<AuditEntry> entries =
        database
            .sql(
                "SELECT * FROM access.audit_entry WHERE id < ? AND (? = '' OR username = ?) AND (? = '' OR action = ?) ORDER BY id DESC LIMIT "
                    + (PAGE + 1))
            .param(before == null ? Long.MAX_VALUE : before)
            .param(plain(username))
            .param(plain(username))
            .param(plain(action))
            .param(plain(action))
            .query(
                (row, number) ->
                    new AuditEntry(
                        row.getLong("id"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("username"),
                        row.getString("role"),
                        row.getString("region"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("reason"),
                        row.getString("detail")))
            .list();
    boolean more = entries.size() > PAGE;
    List<AuditEntry> page = more ? entries.subList(0, PAGE) : entries;
    return new AuditPage(page, more ? page.getLast().id() : null);
  }

  private static String plain(@Nullable String value) {
    if (value != null && value.length() > 64) {
      throw Problem.invalid(new Problem.Fault("username", "不超过 64 个字符"));
    }
    return value == null ? "" : value;
  }

  @GetMapping("/trail")
  @Allowed(Role.AUDITOR)
  @Transactional
  public Trail trail() {
    audit.seal();
    List<Broken> broken =
        database
            .sql("SELECT number, what FROM access.broken_audit_blocks()")
            .query((row, number) -> new Broken(row.getLong(1), row.getString(2)))
            .list();
    return database
        .sql(
            "SELECT count(*), coalesce(max(last_entry), 0), (SELECT count(*) FROM access.audit_entry e WHERE e.id > coalesce(max(b.last_entry), 0)),"
                + " (SELECT hash FROM access.audit_block ORDER BY number DESC LIMIT 1) FROM access.audit_block b")
        .query(
            (row, number) -> {
              byte[] head = row.getBytes(4);
              return new Trail(
                  row.getLong(1),
                  row.getLong(2),
                  row.getLong(3),
                  head == null ? "" : HexFormat.of().formatHex(head),
                  broken);
            })
        .single();
  }
}
