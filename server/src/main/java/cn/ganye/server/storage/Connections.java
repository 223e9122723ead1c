package cn.ganye.server.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
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

  /** Errors of the server quote rows; they are not to reach a log. */
  private static final String LESS_DETAIL = "?logServerErrorDetail=false";

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
    String url = server + DATABASE + LESS_DETAIL;
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
   * @throws SQLException if the server cannot be reached, or the owner or the application may not
   *     do there what they must
   */
  public static Connections external(String url, String applicationPassword) throws SQLException {
    try (Connection owner = DriverManager.getConnection(url)) {
      if (!exists(owner, "SELECT 1 FROM pg_roles WHERE rolname = ?", APPLICATION)) {
        throw new SQLException("there is no role " + APPLICATION);
      }
    }
    Connections connections = new Connections(withoutOwner(url), APPLICATION, applicationPassword);
    try (Connection application =
        DriverManager.getConnection(connections.url(), APPLICATION, applicationPassword)) {
      if (exists(
          application,
          "SELECT 1 FROM pg_roles WHERE rolname = ? AND (rolsuper OR rolbypassrls)",
          APPLICATION)) {
        throw new SQLException(
            "the role " + APPLICATION + " must be neither superuser nor bypass row security");
      }
    }
    try {
      migrate(url, null, null);
    } catch (FlywayException e) {
      throw new SQLException("the tables cannot be made: " + e.getMessage(), e);
    }
    return connections;
  }

  /** Does something as the owner of the tables of a database of the operator's own. */
  public static <T> T asOwner(String url, EmbeddedDatabase.OwnersWork<T> work) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return work.with(connection);
    }
  }

  private static String withoutOwner(String url) {
    int question = url.indexOf('?');
    if (question < 0) {
      return url + LESS_DETAIL;
    }
    String kept =
        Arrays.stream(url.substring(question + 1).split("&"))
            .filter(p -> !p.startsWith("user=") && !p.startsWith("password="))
            .map(p -> "&" + p)
            .collect(Collectors.joining());
    return url.substring(0, question) + LESS_DETAIL + kept;
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
