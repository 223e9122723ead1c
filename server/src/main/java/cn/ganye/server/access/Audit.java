package cn.ganye.server.access;

import cn.ganye.server.storage.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The audit trail: who saw or did what, when and why. Rows are only ever added; blocks of them are
 * sealed, each over the one before.
 */
@Service
public class Audit {
  private static final ZoneId LEGAL_DAYS = ZoneId.of("Asia/Shanghai");

  private final JdbcClient database;
  private final Clock clock;
  private final Path heads;

  /**
   * For the application.
   *
   * @param heads folder of the heads, a file a day
   */
  public Audit(JdbcClient database, Clock clock, @Value("${ganye.audit-heads}") Path heads) {
    this.database = database;
    this.clock = clock;
    this.heads = heads;
  }

  /**
   * Writes an entry of the account that the request is served for, in the same transaction as what
   * it did.
   *
   * @param action code word, {@code person-revealed} say
   * @param subject reference of what was seen; never a number or a name
   * @param reason as the account gave it; empty if none is asked for
   */
  @Transactional
  public void write(String action, String subject, String reason, String detail) {
    Account account = Current.account();
    insert(
        account.id(),
        account.username(),
        account.role().word(),
        account.region(),
        action,
        subject,
        reason,
        detail);
  }

  /** Writes that an account has signed in; in the account's own scope. */
  @Transactional
  public void writeSignedIn(Scope account, String username, String detail) {
    insert(
        UUID.fromString(account.account()),
        username,
        account.role(),
        account.region(),
        "signed-in",
        "",
        "",
        detail);
  }

  /** Writes an entry about somebody who is not signed in. */
  @Transactional
  public void writeUnknown(String username, String action, String detail) {
    insert(null, username, "", "", action, "", "", detail);
  }

  private void insert(
      @Nullable UUID account,
      String username,
      String role,
      String region,
      String action,
      String subject,
      String reason,
      String detail) {
    database
        .sql(
            "INSERT INTO access.audit_entry (at, account, username, role, region, action, subject, reason, detail)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(1, Timestamp.from(clock.instant()))
        .param(2, account, java.sql.Types.OTHER)
        .param(3, username)
        .param(4, role)
        .param(5, region)
        .param(6, action)
        .param(7, subject)
        .param(8, reason)
        .param(9, detail)
        .update();
  }

  /** Seals what has been written since the last block; returns how many entries that is. */
  @Transactional
  public long seal() {
    return database
        .sql("SELECT access.seal_audit(?)")
        .param(Timestamp.from(clock.instant()))
        .query(Long.class)
        .single();
  }

  /**
   * Writes the head of the trail to a file of the day, for keeping elsewhere: a trail from which
   * the last blocks were cut off, or which was made anew, does not hold that head.
   */
  @Scheduled(fixedDelay = 3_600_000, initialDelay = 90_000)
  void exportHead() throws Exception {
    new Scope("", "", "").call(this::seal);
    record Head(long number, String hash) {}
    Optional<Head> head =
        database
            .sql("SELECT number, hash FROM access.audit_head()")
            .query((row, number) -> new Head(row.getLong(1), row.getString(2)))
            .optional();
    if (head.isPresent()) {
      Files.createDirectories(heads);
      Path file = heads.resolve(LocalDate.now(clock.withZone(LEGAL_DAYS)) + ".txt");
      Files.writeString(file, head.get().number() + " " + head.get().hash() + "\n");
    }
  }

  /** Every five minutes. */
  @Scheduled(fixedDelay = 300_000, initialDelay = 60_000)
  void sealRegularly() throws Exception {
    new Scope("", "", "").call(this::seal);
  }
}
