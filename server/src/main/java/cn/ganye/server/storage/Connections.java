package cn.ganye.server.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * How the server reaches its database: by the application role, which owns nothing and is bound by
 * row security.
 */
public record Connections(String url, String user, String password) {
  /** Owns the tables, runs migrations, never serves a request. */
  static final String OWNER = "ganye_owner";

  /** Serves requests. */
  static final String APPLICATION = "ganye_app";

  static final String DATABASE = "ganye";

  /**
   * Makes roles and database on a server where they are missing, and migrates.
   *
   * @param server {@code jdbc:postgresql://host:port/}
   */
  static Connections prepare(String server, String superuser, EmbeddedDatabase.Secrets secrets) {
    try (Connection connection =
            DriverManager.getConnection(server + "postgres", superuser, secrets.superuser());
        Statement statement = connection.createStatement()) {
      if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", OWNER)) {
        statement.execute(role(OWNER, secrets.owner()));
        statement.execute(role(APPLICATION, secrets.application()));
      }
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
        statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("preparing the database", e);
    }
    String url = server + DATABASE + "?logServerErrorDetail=false";
    migrate(url, OWNER, secrets.owner());
    return new Connections(url, APPLICATION, secrets.application());
  }

  private static String role(String name, String password) {
    return "CREATE ROLE "
        + name
        + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '"
        + password
        + "'";
  }

  /**
   * A database of the operator's own, in which the role {@code ganye_app} was made beforehand.
   *
   * @param url with user and password of the role that owns the tables
   */
  public static Connections external(String url, String applicationPassword) {
    migrate(url, null, null);
    String plain = url.replaceAll("([?&])(user|password)=[^&]*&?", "$1").replaceAll("[?&]$", "");
    return new Connections(plain, APPLICATION, applicationPassword);
  }

  private static boolean exists(Connection connection, String sql, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void migrate(String url, @Nullable String user, @Nullable String password) {
    Flyway.configure()
        .dataSource(url, user, password)
        .locations("classpath:db/migration")
        .defaultSchema("public")
        .load()
        .migrate();
  }
}
