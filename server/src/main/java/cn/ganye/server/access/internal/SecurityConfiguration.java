package cn.ganye.server.access.internal;

import cn.ganye.server.access.SingleSignOn;
import cn.ganye.server.problems.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** What stands before every endpoint: headers, CSRF, sessions, roles. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SecurityConfiguration implements WebMvcConfigurer {
  /**
   * Scripts and styles are the server's own; the one exception is what charts write on elements.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; script-src 'self'; worker-src 'self' blob:; img-src 'self' data: blob:;"
          + " style-src 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'; font-src 'self';"
          + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  @Bean
  SecurityFilterChain security(
      HttpSecurity http,
      Sessions sessions,
      SignIn signIn,
      Optional<SingleSignOn> provider,
      JsonMapper json,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures)
      throws Exception {
    if (provider.isPresent()) {
      new ProviderSignIn(provider.get(), signIn).configure(http);
    }
    return http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.spa().csrfTokenRepository(csrfTokens()))
        .formLogin(form -> form.disable())
        .httpBasic(basic -> basic.disable())
        .logout(logout -> logout.disable())
        .requestCache(cache -> cache.disable())
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .addFilterBefore(new SessionFilter(sessions, failures), AnonymousAuthenticationFilter.class)
        .exceptionHandling(
            handling ->
                handling.accessDeniedHandler(
                    (request, response, failure) -> csrfRefused(response, json)))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(p -> p.policyDirectives(CONTENT_SECURITY_POLICY))
                    .referrerPolicy(p -> p.policy(ReferrerPolicy.SAME_ORIGIN))
                    .permissionsPolicyHeader(
                        p -> p.policy("camera=(), microphone=(), geolocation=()"))
                    .frameOptions(Customizer.withDefaults()))
        .build();
  }

  private static CookieCsrfTokenRepository csrfTokens() {
    CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
    return tokens;
  }

  private static void csrfRefused(HttpServletResponse response, JsonMapper json)
      throws IOException {
    Problem problem =
        Problem.of(
            org.springframework.http.HttpStatus.FORBIDDEN,
            "csrf-token-missing",
            "请求缺少或带有失效的防伪令牌",
            "刷新页面后重试");
    response.setStatus(problem.status().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    json.writeValue(
        response.getWriter(),
        java.util.Map.of(
            "status", problem.status().value(),
            "title", String.valueOf(problem.getMessage()),
            "code", problem.code(),
            "next", problem.next()));
  }

  /** Answers carry a tag of their content, so that what has not changed is not sent again. */
  @Bean
  FilterRegistrationBean<ShallowEtagHeaderFilter> tags() {
    FilterRegistrationBean<ShallowEtagHeaderFilter> filter =
        new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
    filter.addUrlPatterns("/api/*");
    return filter;
  }

  @Bean
  PasswordEncoder passwords() {
    return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(new RoleGate())
        .addPathPatterns("/api/**")
        .excludePathPatterns("/api/v1/openapi/**", "/api/v1/openapi");
  }
}
