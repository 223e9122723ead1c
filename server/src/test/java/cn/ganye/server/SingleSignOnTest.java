package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.provider.Provider;
import cn.ganye.server.access.SingleSignOn;
import cn.ganye.server.marts.PoolLocation;
import java.io.IOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Signing in through a real OpenID Connect provider. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class SingleSignOnTest {
  @TempDir static Path folder;
  private static ServerApplication.Running app;
  private static int providerPort;

  @BeforeAll
  static void start() throws Exception {
    TestApp other = TestApp.running();
    try (ServerSocket probe = new ServerSocket(0)) {
      providerPort = probe.getLocalPort();
    }
    Path file = folder.resolve("oidc.properties");
    Files.writeString(
        file,
        "issuer=http://localhost:"
            + providerPort
            + "\nclient-id=ganye\nclient-secret="
            + Provider.SECRET
            + "\ntitle=赣政通\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    app =
        ServerApplication.start(
            new ServerOptions(
                0,
                "127.0.0.1",
                new PoolLocation(other.pool, other.files, true),
                true,
                folder,
                null,
                false,
                SingleSignOn.read(file)));
  }

  @AfterAll
  static void stop() throws IOException {
    app.close();
  }

  private static Provider provider() {
    return Provider.start(
        providerPort,
        "http://127.0.0.1:" + app.port() + "/login/oauth2/code/sso",
        "xinfeng",
        "stranger");
  }

  /** A browser that follows where it is sent. */
  private static final class Browser {
    private final HttpClient client =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    HttpResponse<String> get(String address) throws Exception {
      return client.send(
          HttpRequest.newBuilder(URI.create(address))
              .header("Accept", address.contains("/api/") ? "application/json" : "text/html")
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> signIn(String username) throws Exception {
      HttpResponse<String> page =
          get("http://127.0.0.1:" + app.port() + "/oauth2/authorization/sso");
      assertThat(page.uri().getPort()).isEqualTo(providerPort);
      Matcher token =
          Pattern.compile("name=\"_csrf\" type=\"hidden\" value=\"([^\"]+)\"").matcher(page.body());
      assertThat(token.find()).as(page.uri() + " " + page.statusCode() + page.body()).isTrue();
      String form =
          "username="
              + username
              + "&password="
              + encoded(Provider.PASSWORD)
              + "&_csrf="
              + encoded(token.group(1));
      return client.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + providerPort + "/login"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  @Test
  void who_has_an_account_of_the_name_is_signed_in_and_audited() throws Exception {
    try (Provider running = provider()) {
      assertThat(running).isNotNull();
      Browser browser = new Browser();
      HttpResponse<String> landed = browser.signIn("xinfeng");
      assertThat(landed.uri().toString()).isEqualTo("http://127.0.0.1:" + app.port() + "/");
      JsonNode me =
          TestApp.JSON.readTree(
              browser.get("http://127.0.0.1:" + app.port() + "/api/v1/me").body());
      assertThat(me.path("username").asString()).isEqualTo("xinfeng");
      assertThat(me.path("region").asString()).isEqualTo("360722");
    }
  }

  @Test
  void who_has_none_gets_nowhere() throws Exception {
    try (Provider running = provider()) {
      assertThat(running).isNotNull();
      Browser browser = new Browser();
      HttpResponse<String> landed = browser.signIn("stranger");
      assertThat(landed.uri().toString()).endsWith("/sign-in?problem=no-account");
      assertThat(browser.get("http://127.0.0.1:" + app.port() + "/api/v1/me").statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void a_provider_that_is_away_or_an_answer_nobody_asked_for_is_told_on_the_sign_in_page()
      throws Exception {
    Browser browser = new Browser();
    String app = "http://127.0.0.1:" + SingleSignOnTest.app.port();
    assertThat(browser.get(app + "/oauth2/authorization/sso").uri().toString())
        .endsWith("/sign-in?problem=provider-failed");
    assertThat(browser.get(app + "/login/oauth2/code/sso?code=x&state=y").uri().toString())
        .endsWith("/sign-in?problem=provider-failed");
    assertThat(browser.get(app + "/api/v1/session/ways").body()).contains("赣政通");
  }

  @Test
  void a_file_that_is_not_understood_says_all_that_is_wrong_with_it() throws IOException {
    Path file = folder.resolve("wrong.properties");
    Files.writeString(file, "issuer=http://example.org\nclient=x\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> SingleSignOn.read(file))
        .hasMessageContaining("others than its owner may read it")
        .hasMessageContaining("no key client;")
        .hasMessageContaining("client-id is missing")
        .hasMessageContaining("issuer must begin with https://");
  }
}
