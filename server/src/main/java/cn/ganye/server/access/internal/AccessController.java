package cn.ganye.server.access.internal;

import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.access.SingleSignOn;
import cn.ganye.server.problems.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out, and one's own account. */
@RestController
@RequestMapping("/api/v1")
class AccessController {
  private final SignIn signIn;
  private final Sessions sessions;
  private final Optional<SingleSignOn> provider;

  AccessController(SignIn signIn, Sessions sessions, Optional<SingleSignOn> provider) {
    this.provider = provider;
    this.signIn = signIn;
    this.sessions = sessions;
  }

  record Credentials(@Nullable String username, @Nullable String password) {}

  record PasswordChange(@Nullable String old, @Nullable String fresh) {}

  /** The account as its owner sees it. */
  record Me(
      UUID id,
      String username,
      String displayName,
      Role role,
      String roleTitle,
      String region,
      String regionName,
      boolean mustChange) {}

  /**
   * What the sign-in page offers.
   *
   * @param provider what the provider of single sign-on is called; null if there is none
   * @param start where a browser goes to sign in through it
   */
  record Ways(@Nullable String provider, String start) {}

  @GetMapping("/session/ways")
  @Allowed(anybody = true)
  Ways ways() {
    return new Ways(provider.map(SingleSignOn::title).orElse(null), ProviderSignIn.START);
  }

  @PostMapping("/session")
  @Allowed(anybody = true)
  void signIn(
      @RequestBody Credentials credentials,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    String username = text("username", credentials.username(), 64);
    String password = text("password", credentials.password(), 200);
    String token =
        signIn.signIn(
            username.strip().toLowerCase(java.util.Locale.ROOT), password, request.getRemoteAddr());
    response.addHeader(
        HttpHeaders.SET_COOKIE, SessionFilter.cookie(token, request.isSecure(), Sessions.ABSOLUTE));
  }

  @PostMapping("/session/end")
  @Allowed(anybody = true)
  void signOut(HttpServletRequest request, HttpServletResponse response) {
    SessionFilter.token(request).ifPresent(sessions::close);
    response.addHeader(
        HttpHeaders.SET_COOKIE, SessionFilter.cookie("", request.isSecure(), Duration.ZERO));
  }

  @GetMapping("/me")
  @Allowed(everyAccount = true)
  Me me() {
    Account account = Current.account();
    String name = Regions.china().find(account.region()).map(Region::name).orElse("");
    return new Me(
        account.id(),
        account.username(),
        account.displayName(),
        account.role(),
        account.role().title(),
        account.region(),
        name,
        account.mustChange());
  }

  @PostMapping("/me/password")
  @Allowed(everyAccount = true)
  void changePassword(
      @RequestBody PasswordChange change, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    signIn.changePassword(text("old", change.old(), 200), text("fresh", change.fresh(), 200));
    response.addHeader(
        HttpHeaders.SET_COOKIE, SessionFilter.cookie("", request.isSecure(), Duration.ZERO));
  }

  private static String text(String field, @Nullable String value, int longest) {
    if (value == null || value.isBlank() || value.length() > longest) {
      throw Problem.invalid(new Problem.Fault(field, "必填，不超过 " + longest + " 个字符"));
    }
    return value;
  }
}
