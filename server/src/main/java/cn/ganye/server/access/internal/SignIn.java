package cn.ganye.server.access.internal;

import cn.ganye.server.access.Audit;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.storage.Scope;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signs accounts in. Five wrong passwords lock an account for a quarter of an hour; an address from
 * which thirty were wrong in a minute waits for the next. What is told is the same whether the
 * account is there or not.
 */
@Service
class SignIn {
  private static final int FAILURES = 5;
  private static final Duration LOCKED = Duration.ofMinutes(15);
  private static final int WRONG_A_MINUTE = 30;
  private static final int ADDRESSES_KEPT = 10_000;

  /** Argon2id takes 16 MiB and most of a core: so many at once, no more. */
  private static final Semaphore HASHING = new Semaphore(2);

  private record Found(
      UUID id,
      String role,
      String region,
      String hash,
      boolean disabled,
      int failures,
      @Nullable Instant lockedUntil) {}

  private record Tries(long minute, int count) {}

  private final JdbcClient database;
  private final TransactionTemplate transactions;
  private final PasswordEncoder passwords;
  private final Sessions sessions;
  private final Audit audit;
  private final Clock clock;
  private final Map<String, Tries> tries = new ConcurrentHashMap<>();
  private final String nobody;

  SignIn(
      JdbcClient database,
      TransactionTemplate transactions,
      PasswordEncoder passwords,
      Sessions sessions,
      Audit audit,
      Clock clock) {
    this.database = database;
    this.transactions = transactions;
    this.passwords = passwords;
    this.sessions = sessions;
    this.audit = audit;
    this.clock = clock;
    this.nobody = String.valueOf(passwords.encode("nobody has this password"));
  }

  /** Signs in; returns the session's token. */
  String signIn(String username, String password, String address) throws Exception {
    slowDown(address);
    Optional<Found> found = find(username);
    Instant now = clock.instant();
    if (found.isPresent() && locked(found.get(), now)) {
      audit.writeUnknown(username, "sign-in-locked", "");
      throw Problem.of(
          HttpStatus.TOO_MANY_REQUESTS, "account-locked", "连续输错密码，账号已锁定", "15 分钟后再试，或联系管理员");
    }
    boolean right = matches(password, found.map(Found::hash).orElse(nobody));
    if (found.isEmpty() || !right || found.get().disabled()) {
      found.ifPresent(account -> failed(account, now));
      wrongFrom(address);
      audit.writeUnknown(found.isPresent() ? username : "?", "sign-in-refused", "");
      throw Problem.of(HttpStatus.UNAUTHORIZED, "sign-in-refused", "账号或密码不正确", "核对后重试；忘记密码请联系管理员");
    }
    note(found.get().id(), 0, null);
    return open(found.get(), username, false);
  }

  /**
   * Signs in somebody whose name a provider vouches for; returns the session's token.
   *
   * @throws Problem if there is no such account, or it is disabled
   */
  String signInVouchedFor(String username) {
    Optional<Found> found = find(username).filter(account -> !account.disabled());
    if (found.isEmpty()) {
      audit.writeUnknown("?", "sign-in-refused", "provider");
      throw Problem.of(
          HttpStatus.UNAUTHORIZED, "no-account", "统一身份认证的用户在这里没有账号", "请管理员按认证系统中的用户名开通账号");
    }
    return open(found.get(), username, true);
  }

  private String open(Found account, String username, boolean vouchedFor) {
    String token = sessions.open(account.id(), vouchedFor);
    Scope scope = new Scope(account.id().toString(), account.role(), account.region());
    scope.run(() -> audit.writeSignedIn(scope, username, vouchedFor ? "provider" : ""));
    return token;
  }

  private void slowDown(String address) {
    Tries now = tries.get(address);
    if (now != null && now.minute() == minute() && now.count() >= WRONG_A_MINUTE) {
      throw Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-sign-ins", "登录尝试过于频繁", "一分钟后再试");
    }
  }

  private void wrongFrom(String address) {
    long minute = minute();
    if (tries.size() > ADDRESSES_KEPT) {
      tries.values().removeIf(old -> old.minute() < minute);
    }
    tries.merge(
        address,
        new Tries(minute, 1),
        (old, one) -> old.minute() == minute ? new Tries(minute, old.count() + 1) : one);
  }

  private long minute() {
    return clock.millis() / 60_000;
  }

  private Optional<Found> find(String username) {
    return database
        .sql("SELECT * FROM access.find_account(?)")
        .param(username)
        .query(
            (row, number) -> {
              Timestamp until = row.getTimestamp("locked_until");
              return new Found(
                  row.getObject("id", UUID.class),
                  row.getString("role"),
                  row.getString("region"),
                  row.getString("password_hash"),
                  row.getBoolean("disabled"),
                  row.getInt("failures"),
                  until == null ? null : until.toInstant());
            })
        .optional();
  }

  private static boolean locked(Found account, Instant now) {
    Instant until = account.lockedUntil();
    return until != null && now.isBefore(until);
  }

  private boolean matches(String password, String hash) throws InterruptedException {
    HASHING.acquire();
    try {
      return passwords.matches(password, hash);
    } finally {
      HASHING.release();
    }
  }

  private void failed(Found account, Instant now) {
    int failures = account.failures() + 1;
    boolean lock = failures >= FAILURES;
    note(account.id(), lock ? 0 : failures, lock ? now.plus(LOCKED) : null);
  }

  private void note(UUID account, int failures, @Nullable Instant until) {
    database
        .sql("SELECT access.note_sign_in(?, ?, ?)")
        .param(1, account)
        .param(2, failures)
        .param(
            3, until == null ? null : until.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
        .query((row, number) -> true)
        .single();
  }

  /** Changes the account's own password. */
  void changePassword(String old, String fresh) throws InterruptedException {
    cn.ganye.server.access.Account account = cn.ganye.server.access.Current.account();
    Found found = find(account.username()).orElseThrow(Problem::signInNeeded);
    if (!matches(old, found.hash())) {
      failed(found, clock.instant());
      throw Problem.invalid(new Problem.Fault("old", "原密码不正确"));
    }
    if (fresh.length() < 10 || fresh.length() > 200 || fresh.equals(old)) {
      throw Problem.invalid(new Problem.Fault("fresh", "新密码须为 10 至 200 个字符，且与原密码不同"));
    }
    String hash = String.valueOf(passwords.encode(fresh));
    transactions.executeWithoutResult(
        status -> {
          database
              .sql("UPDATE access.account SET password_hash = ?, must_change = false WHERE id = ?")
              .param(hash)
              .param(account.id())
              .update();
          audit.write("password-changed", account.id().toString(), "", "");
        });
    sessions.closeAll(account.id());
  }
}
