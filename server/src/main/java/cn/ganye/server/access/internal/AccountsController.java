package cn.ganye.server.access.internal;

import cn.ganye.reference.Regions;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Audit;
import cn.ganye.server.access.Passwords;
import cn.ganye.server.access.Role;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.problems.Problem.Fault;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts, as an administrator keeps them. */
@RestController
@RequestMapping("/api/v1/accounts")
class AccountsController {
  private final JdbcClient database;
  private final PasswordEncoder passwords;
  private final Audit audit;
  private final Clock clock;

  AccountsController(JdbcClient database, PasswordEncoder passwords, Audit audit, Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.audit = audit;
    this.clock = clock;
  }

  record AccountLine(
      UUID id,
      String username,
      String displayName,
      Role role,
      String region,
      boolean disabled,
      boolean locked,
      boolean mustChange,
      Instant createdAt) {}

  record NewAccount(
      @Nullable String username,
      @Nullable String displayName,
      @Nullable String role,
      @Nullable String region) {}

  /** A password that was made; it is shown this once. */
  record FirstPassword(UUID id, String password) {}

  record Disabling(boolean disabled) {}

  @GetMapping
  @Allowed(Role.ADMINISTRATOR)
  @Transactional(readOnly = true)
  public List<AccountLine> accounts() {
    Instant now = clock.instant();
    return database
        .sql("SELECT * FROM access.account ORDER BY role, region, username")
        .query(
            (row, number) -> {
              Timestamp until = row.getTimestamp("locked_until");
              return new AccountLine(
                  row.getObject("id", UUID.class),
                  row.getString("username"),
                  row.getString("display_name"),
                  Role.of(row.getString("role")),
                  row.getString("region"),
                  row.getBoolean("disabled"),
                  until != null && now.isBefore(until.toInstant()),
                  row.getBoolean("must_change"),
                  row.getTimestamp("created_at").toInstant());
            })
        .list();
  }

  @PostMapping
  @Allowed(Role.ADMINISTRATOR)
  @Transactional
  public FirstPassword create(@RequestBody NewAccount wanted) {
    String username = or(wanted.username()).strip().toLowerCase(Locale.ROOT);
    String displayName = or(wanted.displayName()).strip();
    String region = or(wanted.region()).strip();
    Optional<Role> role = role(or(wanted.role()));
    List<Fault> faults = new ArrayList<>();
    if (!username.matches("[a-z0-9._-]{2,64}")) {
      faults.add(new Fault("username", "账号为 2 至 64 个小写字母、数字、点、横线或下划线"));
    }
    if (displayName.isEmpty() || displayName.length() > 100) {
      faults.add(new Fault("displayName", "必填，不超过 100 个字"));
    }
    if (role.isEmpty()) {
      faults.add(
          new Fault(
              "role",
              "应为 " + String.join("、", Arrays.stream(Role.values()).map(Role::word).toList())));
    }
    if (Regions.china().find(region).filter(found -> found.code().equals(region)).isEmpty()) {
      faults.add(new Fault("region", "没有这个区划代码"));
    } else if (role.isPresent() && !fits(role.get(), region)) {
      faults.add(new Fault("region", role.get().title() + "账号的区划应为 " + digits(role.get()) + " 位"));
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults.toArray(Fault[]::new));
    }
    UUID id = UUID.randomUUID();
    String password = Passwords.random();
    try {
      database
          .sql(
              "INSERT INTO access.account (id, username, display_name, role, region, password_hash) VALUES (?, ?, ?, ?, ?, ?)")
          .param(id)
          .param(username)
          .param(displayName)
          .param(role.orElseThrow().word())
          .param(region)
          .param(String.valueOf(passwords.encode(password)))
          .update();
    } catch (DuplicateKeyException e) {
      throw Problem.of(HttpStatus.CONFLICT, "username-taken", "账号名已被使用", "换一个账号名");
    }
    audit.write("account-created", id.toString(), "", role.orElseThrow().word() + " " + region);
    return new FirstPassword(id, password);
  }

  @PostMapping("/{id}/password")
  @Allowed(Role.ADMINISTRATOR)
  @Transactional
  public FirstPassword newPassword(@PathVariable UUID id) {
    String password = Passwords.random();
    changed(
        database
            .sql(
                "UPDATE access.account SET password_hash = ?, must_change = true, failures = 0, locked_until = NULL WHERE id = ?")
            .param(String.valueOf(passwords.encode(password)))
            .param(id)
            .update());
    endSessions(id);
    audit.write("password-reset", id.toString(), "", "");
    return new FirstPassword(id, password);
  }

  @PostMapping("/{id}/disabled")
  @Allowed(Role.ADMINISTRATOR)
  @Transactional
  public void disable(@PathVariable UUID id, @RequestBody Disabling wanted) {
    if (id.equals(cn.ganye.server.access.Current.account().id())) {
      throw Problem.invalid(new Fault("id", "不能停用自己的账号"));
    }
    changed(
        database
            .sql("UPDATE access.account SET disabled = ? WHERE id = ?")
            .param(wanted.disabled())
            .param(id)
            .update());
    endSessions(id);
    audit.write(wanted.disabled() ? "account-disabled" : "account-enabled", id.toString(), "", "");
  }

  private void endSessions(UUID id) {
    database
        .sql("SELECT access.close_sessions_of(?)")
        .param(id)
        .query((row, number) -> true)
        .single();
  }

  private static void changed(int rows) {
    if (rows == 0) {
      throw Problem.notFound("该账号");
    }
  }

  private static String or(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static Optional<Role> role(String word) {
    return Arrays.stream(Role.values())
        .filter(role -> role.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private static boolean fits(Role role, String region) {
    int digits = digits(role);
    return digits == 0 || region.length() == digits;
  }

  /** Digits of the region of an account below the province; 0 for any. */
  private static int digits(Role role) {
    return switch (role) {
      case PROVINCE -> 2;
      case CITY -> 4;
      case COUNTY -> 6;
      case TOWNSHIP -> 9;
      case VILLAGE -> 12;
      default -> 0;
    };
  }
}
