package cn.ganye.pool.query;

import cn.ganye.pool.PoolProblem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets one SELECT over the marts through, and nothing else. The statement is judged as DuckDB's own
 * parser sees it, not by its text; besides, the session can reach no file outside the folder of the
 * marts and its configuration is locked.
 */
final class QueryGate {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Table functions that read nothing but their arguments. */
  private static final Set<String> HARMLESS_TABLES = Set.of("unnest", "range", "generate_series");

  /** Scalar functions that tell of the machine or act on the session. */
  private static final Set<String> FORBIDDEN_FUNCTIONS =
      Set.of(
          "getenv",
          "current_setting",
          "getvariable",
          "nextval",
          "currval",
          "setseed",
          "write_log",
          "parse_duckdb_log_message",
          "json_execute_serialized_sql",
          "query",
          "query_table",
          "sleep_ms",
          "read_text",
          "read_blob",
          "error",
          "txid_current");

  private static final Set<String> OPEN_SCHEMAS = Set.of("information_schema");

  private final Connection connection;
  private final Set<String> marts;

  QueryGate(Connection connection, Set<String> marts) {
    this.connection = connection;
    this.marts = marts;
  }

  /** Closes the session against files and settings, once its views are made. */
  static List<String> lockDown(Path martsFolder) {
    return List.of(
        "SET allowed_directories = ['" + martsFolder.toString().replace("'", "''") + "/']",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET enable_external_access = false",
        "SET lock_configuration = true");
  }

  /**
   * Refuses what is not one SELECT over marts.
   *
   * @return the marts that it names
   */
  Set<String> check(String sql) {
    JsonNode tree = parse(sql);
    if (tree.path("error").asBoolean(false)) {
      throw refused(
          "not-a-select",
          tree.path("error_message")
              .asString("the statement cannot be read")
              .replace(
                  "Only SELECT statements can be serialized to json!", "this is not a SELECT"));
    }
    JsonNode statements = tree.path("statements");
    if (statements.size() != 1) {
      throw refused(
          "not-one-statement",
          "exactly one SELECT is let through; this has " + statements.size() + " statements");
    }
    Set<String> named = new HashSet<>();
    collectCommonTables(statements, named);
    Set<String> read = new HashSet<>();
    walk(statements, named, read);
    return read;
  }

  private JsonNode parse(String sql) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR)")) {
      statement.setString(1, sql);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return JSON.readTree(row.getString(1));
      }
    } catch (SQLException e) {
      throw refused("not-a-select", String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static void collectCommonTables(JsonNode node, Set<String> named) {
    JsonNode map = node.path("cte_map").path("map");
    for (JsonNode entry : map) {
      named.add(entry.path("key").asString("").toLowerCase(Locale.ROOT));
    }
    for (JsonNode child : node) {
      collectCommonTables(child, named);
    }
  }

  private void walk(JsonNode node, Set<String> named, Set<String> read) {
    if (node.isObject()) {
      switch (node.path("type").asString("")) {
        case "BASE_TABLE" -> table(node, named, read);
        case "TABLE_FUNCTION" -> tableFunction(node);
        case "SHOW_REF" ->
            throw refused(
                "not-a-select",
                "SHOW and DESCRIBE are not let through; read information_schema.columns");
        default -> {
          String function = node.path("function_name").asString("").toLowerCase(Locale.ROOT);
          if (FORBIDDEN_FUNCTIONS.contains(function)
              || function.startsWith("pragma_")
              || function.startsWith("duckdb_")) {
            throw refused("function-not-open", "the function " + function + " is not open here");
          }
        }
      }
    }
    for (JsonNode child : node) {
      walk(child, named, read);
    }
  }

  private void table(JsonNode node, Set<String> named, Set<String> read) {
    String schema = node.path("schema_name").asString("").toLowerCase(Locale.ROOT);
    String catalog = node.path("catalog_name").asString("").toLowerCase(Locale.ROOT);
    String table = node.path("table_name").asString("").toLowerCase(Locale.ROOT);
    if (OPEN_SCHEMAS.contains(schema) && catalog.isEmpty()) {
      return;
    }
    boolean known = marts.contains(table) || named.contains(table);
    if (!known || !catalog.isEmpty() || !(schema.isEmpty() || schema.equals("main"))) {
      throw refused(
          "table-not-open",
          "there is no mart "
              + table
              + "; the marts are "
              + String.join(", ", new TreeSet<>(marts)));
    }
    if (marts.contains(table)) {
      read.add(table);
    }
  }

  private static void tableFunction(JsonNode node) {
    String function =
        node.path("function").path("function_name").asString("").toLowerCase(Locale.ROOT);
    if (!HARMLESS_TABLES.contains(function)) {
      throw refused("function-not-open", "the table function " + function + " is not open here");
    }
  }

  private static PoolProblem refused(String code, String what) {
    return PoolProblem.use(
        code,
        "pool query",
        what,
        "write one SELECT over the marts; ./ganye pool query --help lists them");
  }

  static Map<String, String> session(long memoryMiB, int threads) {
    return Map.of(
        "memory_limit",
        memoryMiB + "MiB",
        "threads",
        Integer.toString(threads),
        "temp_directory",
        "");
  }
}
