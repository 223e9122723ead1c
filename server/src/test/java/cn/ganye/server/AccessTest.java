package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import cn.ganye.server.storage.EmbeddedDatabase;
import cn.ganye.server.storage.Scope;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Signing in, sessions, headers, row security and the audit trail, against the running app. */
class AccessTest {
  @Test
  void the_first_page_needs_no_sign_in_and_forbids_foreign_scripts() throws Exception {
    Answer page = TestApp.running().visitor().get("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.response().headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("script-src 'self';")
        .contains("worker-src 'self' blob:")
        .contains("img-src 'self' data: blob:")
        .contains("style-src 'self';")
        .contains("style-src-attr 'unsafe-inline'")
        .contains("frame-ancestors 'none'");
    assertThat(page.response().headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void a_wrong_password_and_an_unknown_account_are_answered_alike() throws Exception {
    TestApp app = TestApp.running();
    Answer wrong = app.visitor().signIn("analyst", "not the password");
    Answer unknown = app.visitor().signIn("nobody", "not the password");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body()).isEqualTo(unknown.body());
    assertThat(wrong.code()).isEqualTo("sign-in-refused");
  }

  @Test
  void five_wrong_passwords_lock_an_account_even_for_the_right_one() throws Exception {
    TestApp app = TestApp.running();
    for (int i = 0; i < 5; i++) {
      assertThat(app.visitor().signIn("nanchang", "wrong " + i).status()).isEqualTo(401);
    }
    Answer locked = app.visitor().signIn("nanchang", app.password("nanchang"));
    assertThat(locked.status()).isEqualTo(429);
    assertThat(locked.code()).isEqualTo("account-locked");
    try (Connection connection = superuser(app);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE access.account SET locked_until = NULL, failures = 0");
    }
    assertThat(app.visitor().signIn("nanchang", app.password("nanchang")).status()).isEqualTo(200);
  }

  @Test
  void the_session_cookie_is_for_the_server_alone_and_ends_with_sign_out() throws Exception {
    TestApp app = TestApp.running();
    Visitor visitor = app.visitor();
    Answer signedIn = visitor.signIn("analyst", app.password("analyst"));
    assertThat(signedIn.response().headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("GANYE_SESSION=")
                    .contains("HttpOnly")
                    .contains("SameSite=Strict"));
    assertThat(visitor.get("/api/v1/me").json().path("username").asString()).isEqualTo("analyst");
    String cookie =
        signedIn.response().headers().allValues("Set-Cookie").stream()
            .filter(c -> c.startsWith("GANYE_SESSION="))
            .findFirst()
            .orElseThrow()
            .split(";")[0];
    assertThat(visitor.post("/api/v1/session/end", "").status()).isEqualTo(200);
    assertThat(visitor.get("/api/v1/me").status()).isEqualTo(401);
    java.net.http.HttpResponse<String> replayed =
        java.net.http.HttpClient.newHttpClient()
            .send(
                java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create("http://127.0.0.1:" + app.app.port() + "/api/v1/me"))
                    .header("Cookie", cookie)
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
    assertThat(replayed.statusCode()).isEqualTo(401);
  }

  @Test
  void a_request_that_changes_something_needs_the_token() throws Exception {
    Visitor admin = TestApp.running().signedIn("admin");
    Answer refused = admin.postWithoutToken("/api/v1/intake/builds", "{}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("csrf-token-missing");
  }

  @Test
  void a_new_password_must_be_longer_and_other_than_the_old() throws Exception {
    TestApp app = TestApp.running();
    Visitor analyst = app.signedIn("analyst");
    String old = app.password("analyst");
    assertThat(
            analyst
                .post("/api/v1/me/password", "{\"old\":\"" + old + "\",\"fresh\":\"short\"}")
                .status())
        .isEqualTo(400);
    assertThat(
            analyst
                .post("/api/v1/me/password", "{\"old\":\"" + old + "\",\"fresh\":\"" + old + "\"}")
                .status())
        .isEqualTo(400);
  }

  /** The worst order: every connection of the pool has just served somebody of wide scope. */
  @Test
  void a_reused_connection_shows_nothing_without_a_scope() throws Exception {
    TestApp app = TestApp.running();
    JdbcClient database = app.app.context().getBean(JdbcClient.class);
    TransactionTemplate transactions = app.app.context().getBean(TransactionTemplate.class);
    Scope wide = new Scope("00000000-0000-0000-0000-000000000000", "administrator", "36");
    String count = "SELECT count(*) FROM access.account";
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<long[]>> seen = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        seen.add(
            threads.submit(
                () -> {
                  Long inScope =
                      wide.call(
                          () ->
                              transactions.execute(
                                  status -> database.sql(count).query(Long.class).single()));
                  Long without = database.sql(count).query(Long.class).single();
                  Long withoutInTransaction =
                      transactions.execute(
                          status -> database.sql(count).query(Long.class).single());
                  return new long[] {inScope, without, withoutInTransaction};
                }));
      }
      for (Future<long[]> one : seen) {
        assertThat(one.get()[0]).isGreaterThanOrEqualTo(7);
        assertThat(one.get()[1]).isZero();
        assertThat(one.get()[2]).isZero();
      }
    }
  }

  @Test
  void the_trail_can_be_added_to_only_and_a_change_behind_it_is_found() throws Exception {
    TestApp app = TestApp.running();
    JdbcClient database = app.app.context().getBean(JdbcClient.class);
    for (String change :
        List.of(
            "UPDATE access.audit_entry SET action = 'x'",
            "DELETE FROM access.audit_entry",
            "DELETE FROM access.audit_block",
            "TRUNCATE access.audit_entry")) {
      assertThat(refused(database, change)).as(change).isTrue();
    }
    Visitor auditor = app.signedIn("auditor");
    assertThat(auditor.get("/api/v1/audit/trail").json().path("broken").size()).isZero();
    try (Connection connection = superuser(app);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE access.audit_entry SET detail = 'changed' WHERE id = (SELECT min(id) FROM access.audit_entry)");
      assertThat(
              auditor
                  .get("/api/v1/audit/trail")
                  .json()
                  .path("broken")
                  .path(0)
                  .path("what")
                  .asString())
          .isEqualTo("entries-changed");
      statement.execute(
          "UPDATE access.audit_entry SET detail = '' WHERE id = (SELECT min(id) FROM access.audit_entry)");
    }
    assertThat(auditor.get("/api/v1/audit/trail").json().path("broken").size()).isZero();
  }

  @Test
  void an_administrator_keeps_accounts_and_all_faults_are_told_at_once() throws Exception {
    TestApp app = TestApp.running();
    Visitor admin = app.signedIn("admin");
    Answer faulty =
        admin.post(
            "/api/v1/accounts",
            "{\"username\":\"A b\",\"displayName\":\"\",\"role\":\"king\",\"region\":\"369999\"}");
    assertThat(faulty.status()).isEqualTo(400);
    assertThat(faulty.json().path("faults").size()).isEqualTo(4);
    assertThat(
            admin
                .post(
                    "/api/v1/accounts",
                    "{\"username\":\"x1\",\"displayName\":\"x\",\"role\":\"county\",\"region\":\"3607\"}")
                .json()
                .path("faults")
                .path(0)
                .path("field")
                .asString())
        .isEqualTo("region");
    String wanted =
        "{\"username\":\"dayu\",\"displayName\":\"大余县就业局\",\"role\":\"county\",\"region\":\"360723\"}";
    Answer made = admin.post("/api/v1/accounts", wanted);
    assertThat(made.status()).isEqualTo(200);
    assertThat(admin.post("/api/v1/accounts", wanted).code()).isEqualTo("username-taken");
    String first = made.json().path("password").asString();
    Visitor clerk = app.visitor();
    assertThat(clerk.signIn("dayu", first).status()).isEqualTo(200);
    assertThat(clerk.get("/api/v1/overview").code()).isEqualTo("password-change-needed");
    assertThat(
            clerk
                .post(
                    "/api/v1/me/password",
                    "{\"old\":\"" + first + "\",\"fresh\":\"a longer password\"}")
                .status())
        .isEqualTo(200);
    assertThat(clerk.signIn("dayu", "a longer password").status()).isEqualTo(200);
    assertThat(clerk.get("/api/v1/overview").status()).isEqualTo(200);
    String id = made.json().path("id").asString();
    assertThat(admin.post("/api/v1/accounts/" + id + "/disabled", "{\"disabled\":true}").status())
        .isEqualTo(200);
    assertThat(clerk.get("/api/v1/me").status()).isEqualTo(401);
    assertThat(app.visitor().signIn("dayu", "a longer password").status()).isEqualTo(401);
  }

  @Test
  void a_parameter_that_nobody_knows_is_refused_with_the_nearest_one() throws Exception {
    Answer answer = TestApp.running().signedIn("province").get("/api/v1/overview?regoin=3607");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("faults").path(0).path("what").asString())
        .contains("regoin")
        .contains("region");
  }

  @Test
  void what_has_not_changed_is_not_sent_again() throws Exception {
    TestApp app = TestApp.running();
    Visitor analyst = app.signedIn("analyst");
    String tag = analyst.get("/api/v1/words").response().headers().firstValue("ETag").orElseThrow();
    assertThat(analyst.get("/api/v1/words", "If-None-Match", tag).status()).isEqualTo(304);
  }

  private static boolean refused(JdbcClient database, String sql) {
    try {
      database.sql(sql).update();
      return false;
    } catch (org.springframework.dao.DataAccessException e) {
      return String.valueOf(e.getMostSpecificCause().getMessage()).contains("permission denied");
    }
  }

  static Connection superuser(TestApp app) throws Exception {
    String password = Files.readAllLines(app.database.resolve("secrets")).getFirst();
    String url = app.app.context().getBean(cn.ganye.server.storage.Connections.class).url();
    return DriverManager.getConnection(url, "postgres", password);
  }

  /** A second app on the same folder would stop the database under the first. */
  @Test
  void a_folder_that_is_served_is_left_alone() throws Exception {
    TestApp app = TestApp.running();
    assertThatThrownBy(() -> EmbeddedDatabase.start(app.database))
        .hasMessageContaining("another app is running");
    assertThat(app.signedIn("province").get("/api/v1/me").status()).isEqualTo(200);
  }
}
