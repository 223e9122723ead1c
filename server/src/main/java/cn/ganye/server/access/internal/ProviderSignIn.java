package cn.ganye.server.access.internal;

import cn.ganye.server.access.SingleSignOn;
import cn.ganye.server.problems.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Sign-in through an OpenID Connect provider: the authorization code flow with PKCE. The session
 * that follows is one of ours; the provider's tokens are not kept.
 */
final class ProviderSignIn {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);
  private static final int LOGGED = 200;
  private static final String REGISTRATION = "sso";

  /** Where a browser begins. */
  static final String START = "/oauth2/authorization/" + REGISTRATION;

  private final SingleSignOn provider;
  private final SignIn signIn;

  ProviderSignIn(SingleSignOn provider, SignIn signIn) {
    this.provider = provider;
    this.signIn = signIn;
  }

  void configure(HttpSecurity http) throws Exception {
    // Asked for its configuration when somebody first signs in: it may be down when we start.
    ClientRegistrationRepository registrations =
        new SupplierClientRegistrationRepository(
            () -> new InMemoryClientRegistrationRepository(registration()));
    http.oauth2Login(
        login ->
            login
                .clientRegistrationRepository(registrations)
                .loginPage("/sign-in")
                .successHandler(this::signedIn)
                .failureHandler(this::failed)
                .withObjectPostProcessor(
                    new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                      @Override
                      public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(
                          O filter) {
                        filter.setAuthenticationFailureHandler(ProviderSignIn.this::failed);
                        return filter;
                      }
                    }));
  }

  private ClientRegistration registration() {
    String base = provider.address().isEmpty() ? "{baseUrl}" : provider.address();
    return ClientRegistrations.fromIssuerLocation(provider.issuer())
        .registrationId(REGISTRATION)
        .clientId(provider.clientId())
        .clientSecret(provider.clientSecret())
        .redirectUri(base + "/login/oauth2/code/" + REGISTRATION)
        .scope("openid", "profile")
        .clientSettings(ClientRegistration.ClientSettings.builder().requireProofKey(true).build())
        .build();
  }

  private void signedIn(
      HttpServletRequest request, HttpServletResponse response, Authentication provided)
      throws IOException {
    endFlow(request);
    String name =
        provided.getPrincipal() instanceof OidcUser user
            ? String.valueOf(user.getClaimAsString(provider.claim()))
            : "";
    try {
      String token = signIn.signInVouchedFor(name.toLowerCase(Locale.ROOT));
      response.addHeader(
          HttpHeaders.SET_COOKIE,
          SessionFilter.cookie(token, request.isSecure(), Sessions.ABSOLUTE));
      response.sendRedirect("/");
    } catch (Problem problem) {
      response.sendRedirect("/sign-in?problem=" + problem.code());
    }
  }

  private void failed(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    endFlow(request);
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String why = String.valueOf(cause.getMessage());
    LOG.warn(
        "sign-in through the provider failed: {}",
        why.substring(0, Math.min(LOGGED, why.length())));
    response.sendRedirect("/sign-in?problem=provider-failed");
  }

  /** The servlet session held nothing but what the flow needs between its two requests. */
  private static void endFlow(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }
}
