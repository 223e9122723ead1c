package cn.ganye.server.access;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/** Accounts that are there before anybody can sign in: the first administrator, those of a demo. */
@Service
public class Accounts {
  private final JdbcClient database;
  private final PasswordEncoder passwords;

  /** For the application. */
  public Accounts(JdbcClient database, PasswordEncoder passwords) {
    this.database = database;
    this.passwords = passwords;
  }

  /** Whether there is none yet. */
  public boolean none() {
    return database.sql("SELECT access.account_count()").query(Long.class).single() == 0;
  }

  /**
   * Makes an account while its username is free. One of a demo that is there already gets the new
   * password; one that is not of a demo stays as it is.
   *
   * @param demo whether it belongs to a demo; others must change the password when they first sign
   *     in
   */
  public void found(
      String username, String shown, Role role, String region, String password, boolean demo) {
    database
        .sql("SELECT access.found_account(?, ?, ?, ?, ?, ?, ?)")
        .param(UUID.randomUUID())
        .param(username)
        .param(shown)
        .param(role.word())
        .param(region)
        .param(String.valueOf(passwords.encode(password)))
        .param(demo)
        .query((row, number) -> true)
        .single();
  }
}
