package cn.ganye.server.access.internal;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sessions, kept in the database under the hash of their token: whoever reads the table cannot use
 * one. They end after a while without use, and in any case after a working day.
 */
@Component
class Sessions {
  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration ABSOLUTE = Duration.ofHours(10);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient database;
  private final Clock clock;

  Sessions(JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Opens one; returns its token, which stands nowhere else.
   *
   * @param vouchedFor whether a provider says who it is, and no password was asked for
   */
  String open(UUID account, boolean vouchedFor) {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    database
        .sql("SELECT access.open_session(?, ?, ?, ?)")
        .param(hash(token))
        .param(account)
        .param(Timestamp.from(clock.instant()))
        .param(vouchedFor)
        .query((row, number) -> true)
        .single();
    return token;
  }

  /** The account of a token, if its session is still good. */
  Optional<Account> use(String token) {
    Instant now = clock.instant();
    return database
        .sql("SELECT * FROM access.use_session(?, ?, ?, ?)")
        .param(hash(token))
        .param(Timestamp.from(now))
        .param(Timestamp.from(now.minus(IDLE)))
        .param(Timestamp.from(now.minus(ABSOLUTE)))
        .query(
            (row, number) ->
                new Account(
                    row.getObject("id", UUID.class),
                    row.getString("username"),
                    row.getString("display_name"),
                    Role.of(row.getString("role")),
                    row.getString("region"),
                    row.getBoolean("must_change")))
        .optional();
  }

  /** Ends one. */
  void close(String token) {
    database
        .sql("SELECT access.close_session(?)")
        .param(hash(token))
        .query((row, number) -> true)
        .single();
  }

  /** Ends all of an account. */
  void closeAll(UUID account) {
    database
        .sql("SELECT access.close_sessions_of(?)")
        .param(account)
        .query((row, number) -> true)
        .single();
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }
}
