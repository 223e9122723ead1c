package cn.ganye.server.access.internal;

import cn.ganye.server.access.Account;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Says whose request it is, by the session's cookie, and serves it in that account's scope: every
 * transaction of the request begins by saying so.
 */
class SessionFilter extends OncePerRequestFilter {
  static final String COOKIE = "GANYE_SESSION";

  private final Sessions sessions;
  private final HandlerExceptionResolver failures;

  SessionFilter(Sessions sessions, HandlerExceptionResolver failures) {
    this.sessions = sessions;
    this.failures = failures;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Account> account;
    try {
      account = token(request).flatMap(sessions::use);
    } catch (DataAccessException e) {
      failures.resolveException(request, response, null, e);
      return;
    }
    if (account.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(account.get(), null, List.of()));
    SecurityContextHolder.setContext(context);
    try {
      account
          .get()
          .scope()
          .call(
              () -> {
                chain.doFilter(request, response);
                return true;
              });
    } catch (ServletException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  /** The cookie of a session, for the answer that opens or ends one. */
  static String cookie(String token, boolean secure, Duration age) {
    return ResponseCookie.from(COOKIE, token)
        .httpOnly(true)
        .sameSite("Strict")
        .secure(secure)
        .path("/")
        .maxAge(age)
        .build()
        .toString();
  }

  static Optional<String> token(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(COOKIE))
            .map(Cookie::getValue)
            .findFirst();
  }
}
