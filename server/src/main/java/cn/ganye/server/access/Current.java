package cn.ganye.server.access;

import cn.ganye.server.problems.Problem;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The account on whose behalf a request is served. */
public final class Current {
  private Current() {}

  /**
   * That account.
   *
   * @throws Problem if nobody is signed in
   */
  public static Account account() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof Account account) {
      return account;
    }
    throw Problem.signInNeeded();
  }
}
