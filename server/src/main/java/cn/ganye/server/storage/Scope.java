package cn.ganye.server.storage;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * For whom the work of a thread is done: an account, its role and its region. A transaction without
 * one sees no rows.
 *
 * @param account UUID of the account
 * @param role code word of its role
 * @param region code of its region, at any level; what begins with it is within it
 */
public record Scope(String account, String role, String region) {
  private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  /** That of the thread. */
  public static Optional<Scope> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Does some work in this scope, and leaves the thread as it was. */
  public <T> T call(Callable<T> work) throws Exception {
    Scope before = CURRENT.get();
    CURRENT.set(this);
    try {
      return work.call();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  /** Does some work in this scope, and leaves the thread as it was. */
  public void run(Runnable work) {
    Scope before = CURRENT.get();
    CURRENT.set(this);
    try {
      work.run();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }
}
