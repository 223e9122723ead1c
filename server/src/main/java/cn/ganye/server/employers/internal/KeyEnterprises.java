package cn.ganye.server.employers.internal;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Audit;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 重点企业: what offices have named. An office names for itself; those above and below it see that.
 * Whether an enterprise has jobs within a scope is not known here but by the marts.
 */
@Service
class KeyEnterprises {
  /** Offices that keep a list. */
  static final Set<Role> NAMING = Set.of(Role.PROVINCE, Role.CITY, Role.COUNTY);

  /** The words of the plan for why an enterprise is a key one. */
  enum Kind {
    /** Leads a chain of industry or supply (产业链供应链龙头企业). */
    CHAIN("chain"),
    /** Gives work to many (带动就业能力强、用工规模大). */
    JOBS("jobs"),
    OTHER("other");

    final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /**
   * That an office has named an enterprise.
   *
   * @param region of the office
   * @param kind {@code chain}, {@code jobs} or {@code other}
   * @param officer who serves it (就业服务专员); empty if not told
   */
  record Naming(String region, String kind, String officer, String by, Instant at) {}

  private final JdbcClient database;
  private final Audit audit;
  private final Clock clock;

  KeyEnterprises(JdbcClient database, Audit audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** All that the account's office may see, by enterprise. */
  @Transactional(readOnly = true)
  Map<UUID, List<Naming>> all() {
    record Named(UUID ref, Naming naming) {}
    return database
        .sql("SELECT * FROM employers.key_enterprise ORDER BY region, enterprise_ref")
        .query((row, n) -> new Named(row.getObject("enterprise_ref", UUID.class), naming(row)))
        .stream()
        .collect(
            Collectors.groupingBy(
                Named::ref, Collectors.mapping(Named::naming, Collectors.toList())));
  }

  /** Those of one enterprise. */
  @Transactional(readOnly = true)
  List<Naming> of(UUID ref) {
    return database
        .sql("SELECT * FROM employers.key_enterprise WHERE enterprise_ref = ? ORDER BY region")
        .param(ref)
        .query((row, n) -> naming(row))
        .list();
  }

  /** Names an enterprise, or says anew why and who serves it. */
  @Transactional
  void name(UUID ref, Kind kind, String officer) {
    Account account = Current.account();
    database
        .sql(
            "INSERT INTO employers.key_enterprise (enterprise_ref, region, kind, officer, named_by, named_at)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (region, enterprise_ref)"
                + " DO UPDATE SET kind = EXCLUDED.kind, officer = EXCLUDED.officer,"
                + " named_by = EXCLUDED.named_by, named_at = EXCLUDED.named_at")
        .params(
            ref,
            account.region(),
            kind.word,
            officer,
            account.username(),
            Timestamp.from(clock.instant()))
        .update();
    audit.write("key-enterprise-named", ref.toString(), "", kind.word);
  }

  /** Takes an enterprise off the office's own list; whether it was on it. */
  @Transactional
  boolean remove(UUID ref) {
    int removed =
        database
            .sql("DELETE FROM employers.key_enterprise WHERE region = ? AND enterprise_ref = ?")
            .params(Current.account().region(), ref)
            .update();
    if (removed > 0) {
      audit.write("key-enterprise-removed", ref.toString(), "", "");
    }
    return removed > 0;
  }

  private static Naming naming(ResultSet row) throws SQLException {
    return new Naming(
        row.getString("region"),
        row.getString("kind"),
        row.getString("officer"),
        row.getString("named_by"),
        row.getTimestamp("named_at").toInstant());
  }
}
