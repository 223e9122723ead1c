package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.server.TestApp.Visitor;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.server.storage.Connections;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL of the operator's own, prepared as docs/operations.md says. */
class ExternalDatabaseTest {
  @TempDir Path folder;

  @Test
  void serves_the_app_after_what_the_operator_was_told_to_do() throws Exception {
    TestApp other = TestApp.running();
    try (EmbeddedPostgres foreign =
        EmbeddedPostgres.builder().setDataDirectory(folder.resolve("foreign")).start()) {
      String server = "jdbc:postgresql://127.0.0.1:" + foreign.getPort() + "/";
      String url = server + "employment?password=o%26wner&user=keeper&connectTimeout=5";
      try (Connection connection = foreign.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE ROLE keeper LOGIN PASSWORD 'o&wner'");
        statement.execute("CREATE DATABASE employment OWNER keeper");
        assertThatThrownBy(() -> Connections.external(url, "app"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("no role ganye_app");
        statement.execute("CREATE ROLE ganye_app LOGIN SUPERUSER PASSWORD 'app'");
        assertThatThrownBy(() -> Connections.external(url, "app"))
            .hasMessageContaining("neither superuser");
        statement.execute("ALTER ROLE ganye_app NOSUPERUSER");
      }
      Connections connections = Connections.external(url, "app");
      assertThat(connections.url()).doesNotContain("keeper").doesNotContain("password");
      ServerOptions options =
          new ServerOptions(
              0,
              "127.0.0.1",
              new PoolLocation(other.pool, other.files, true),
              true,
              folder,
              connections,
              false,
              null);
      try (ServerApplication.Running app = ServerApplication.start(options)) {
        Visitor visitor = new Visitor(app.port());
        String password =
            app.made().stream()
                .filter(made -> made.username().equals("xinfeng"))
                .findFirst()
                .orElseThrow()
                .password();
        assertThat(visitor.signIn("xinfeng", password).status()).isEqualTo(200);
        assertThat(visitor.get("/api/v1/overview").status()).isEqualTo(200);
      }
      try (Connection unscoped =
              DriverManager.getConnection(connections.url(), "ganye_app", "app");
          Statement statement = unscoped.createStatement();
          ResultSet rows = statement.executeQuery("SELECT count(*) FROM access.account")) {
        rows.next();
        assertThat(rows.getLong(1)).isZero();
      }
      assertThat(Connections.external(url, "app")).isEqualTo(connections);
    }
  }
}
