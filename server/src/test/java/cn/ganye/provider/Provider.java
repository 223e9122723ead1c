package cn.ganye.provider;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.DispatcherServlet;

/** A real OpenID Connect provider: Spring's authorization server, on a port of its own. */
public final class Provider implements AutoCloseable {
  /** That of every user. */
  public static final String PASSWORD = "a password of the provider";

  /** That of the one client, {@code ganye}. */
  public static final String SECRET = "a secret of the client";

  private final ConfigurableApplicationContext context;

  private Provider(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts one.
   *
   * @param back where it lets browsers return to
   * @param users names of those it knows
   */
  public static Provider start(int port, String back, String... users) {
    SpringApplication application = new SpringApplication(Settings.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(
        Map.of("test.port", port, "test.back", back, "test.users", String.join(",", users)));
    return new Provider(application.run());
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class Settings {
    @Bean
    static PropertySourcesPlaceholderConfigurer placeholders() {
      return new PropertySourcesPlaceholderConfigurer();
    }

    @Bean
    TomcatServletWebServerFactory server(@Value("${test.port}") int port) {
      return new TomcatServletWebServerFactory(port);
    }

    /** Filters answer everything; the server runs them only where a servlet stands behind. */
    @Bean
    DispatcherServlet pages() {
      return new DispatcherServlet();
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .formLogin(Customizer.withDefaults())
          .build();
    }

    @Bean
    RegisteredClientRepository clients(@Value("${test.back}") String back) {
      return new InMemoryRegisteredClientRepository(
          RegisteredClient.withId("ganye")
              .clientId("ganye")
              .clientSecret("{noop}" + SECRET)
              .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
              .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
              .redirectUri(back)
              .scope("openid")
              .scope("profile")
              .clientSettings(ClientSettings.builder().requireProofKey(true).build())
              .build());
    }

    @Bean
    UserDetailsService users(@Value("${test.users}") String users) {
      return new InMemoryUserDetailsManager(
          Arrays.stream(users.split(","))
              .map(name -> User.withUsername(name).password("{noop}" + PASSWORD).build())
              .toList());
    }

    @Bean
    AuthorizationServerSettings settings(@Value("${test.port}") int port) {
      return AuthorizationServerSettings.builder().issuer("http://localhost:" + port).build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> names() {
      return token -> token.getClaims().claim("preferred_username", token.getPrincipal().getName());
    }

    @Bean
    JwtDecoder decoder(JWKSource<SecurityContext> keys) {
      return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    JWKSource<SecurityContext> keys() throws NoSuchAlgorithmException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      KeyPair pair = generator.generateKeyPair();
      return new ImmutableJWKSet<>(
          new JWKSet(
              new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                  .privateKey(pair.getPrivate())
                  .keyID(UUID.randomUUID().toString())
                  .build()));
    }
  }
}
