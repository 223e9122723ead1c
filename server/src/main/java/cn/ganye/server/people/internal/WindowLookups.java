package cn.ganye.server.people.internal;

import cn.ganye.server.access.Current;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which people stand at the window of which account: for an hour from each look-up. */
@Component
class WindowLookups {
  private static final Duration OPEN = Duration.ofHours(1);

  private final JdbcClient database;
  private final Clock clock;

  WindowLookups(JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Whether the account of the request has looked somebody up within the hour. */
  @Transactional(readOnly = true)
  public boolean open(UUID person) {
    return database
            .sql(
                "SELECT count(*) FROM people.window_lookup WHERE account = ? AND person_ref = ? AND until > ?")
            .param(Current.account().id())
            .param(person)
            .param(Timestamp.from(clock.instant()))
            .query(Long.class)
            .single()
        > 0;
  }

  /** Notes that somebody stands there now. */
  @Transactional
  public void open(UUID person, String reason) {
    database
        .sql(
            "INSERT INTO people.window_lookup (account, person_ref, reason, until) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (account, person_ref) DO UPDATE SET reason = excluded.reason, until = excluded.until")
        .param(Current.account().id())
        .param(person)
        .param(reason)
        .param(Timestamp.from(clock.instant().plus(OPEN)))
        .update();
  }
}
