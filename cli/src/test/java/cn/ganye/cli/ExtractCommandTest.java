package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.cli.CommandsTest.Ran;
import cn.ganye.reference.ResidentId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of an office's own database come into the inbox, range by range, each once. */
class ExtractCommandTest {
  private static final String DOCUMENT =
      """
      id: people-core
      dataset: resident
      region: "360121"
      table: office.people
      key: number
      rows: 4
      columns: {公民身份号码: id, 姓名: name, 性别: "CASE sex WHEN 1 THEN '男性' ELSE '女性' END", 出生日期: born, 户籍区划: hukou, 常住区划: hukou}
      """;

  @TempDir static Path server;
  private static EmbeddedPostgres database;
  private static String url = "";

  @TempDir Path folder;
  private Path in;
  private Path document;

  @BeforeAll
  static void start() throws Exception {
    database = EmbeddedPostgres.builder().setDataDirectory(server.resolve("data")).start();
    url = database.getJdbcUrl("postgres", "postgres");
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  @BeforeEach
  void fill() throws Exception {
    in = Files.createDirectories(folder.resolve("in"));
    document = folder.resolve("people-core.yaml");
    Files.writeString(document, DOCUMENT);
    execute(
        "DROP SCHEMA IF EXISTS office CASCADE",
        "CREATE SCHEMA office",
        "CREATE TABLE office.people(number bigint, id text, name text, sex int, born date, hukou int)");
    people(1, 10);
  }

  private static void execute(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void people(int from, int to) throws Exception {
    for (int number = from; number <= to; number++) {
      execute(
          "INSERT INTO office.people VALUES (%d, '%s', '张,\"%d', 1, DATE '1985-03-07', 360121)"
              .formatted(number * 10, ResidentId.of(369900, 19850307, number).text(), number));
    }
  }

  private Ran extract() {
    return CommandsTest.run(
        "pool", "extract", document.toString(), "--in", in.toString(), "--url", url);
  }

  private List<String> files() throws Exception {
    try (Stream<Path> files = Files.list(in.resolve("extracts"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private String built() {
    String pool = folder.resolve("pool").toString();
    Ran ran = CommandsTest.run("pool", "build", "--in", in.toString(), "--pool", pool);
    assertThat(ran.status()).as(ran.err()).isZero();
    return CommandsTest.run(
            "pool",
            "query",
            "--pool",
            pool,
            "SELECT SUM(records), SUM(accepted), SUM(duplicates) FROM intake")
        .out()
        .lines()
        .toList()
        .getLast();
  }

  @Test
  void rows_come_range_by_range_and_each_once() throws Exception {
    assertThat(extract().out()).contains("10 rows in 3 files");
    assertThat(files())
        .hasSize(3)
        .allMatch(name -> name.matches("resident_360121__\\d{8}_people-core-p\\d\\.csv\\.gz"));
    assertThat(built()).isEqualTo("10,10,0");
    assertThat(extract().out()).contains("0 rows in 0 files; 10 since the first run.");
    people(11, 12);
    assertThat(extract().out()).contains("2 rows in 1 files; 12 since the first run.");
    assertThat(built()).isEqualTo("12,12,0");
  }

  /** Cut off after a file and before it is noted: the same rows come into the same file. */
  @Test
  void what_was_cut_off_goes_on_and_nothing_is_doubled() throws Exception {
    Path note = in.resolve("extracts/.people-core.json");
    extract();
    String whole = Files.readString(note);
    List<String> before = files();
    Files.writeString(
        note,
        whole
            .replaceFirst("\"files\":3", "\"files\":1")
            .replaceFirst("\"rows\":10", "\"rows\":4")
            .replaceFirst("\"last\":\"100\"", "\"last\":\"40\""));
    Files.writeString(in.resolve("extracts/.resident_half.csv.gz.part"), "half");
    assertThat(extract().out()).contains("6 rows in 2 files; 10 since the first run.");
    assertThat(files()).isEqualTo(before);
    assertThat(Files.readString(note)).isEqualTo(whole);
    assertThat(built()).isEqualTo("10,10,0");
  }

  @Test
  void a_select_with_a_time_as_key() throws Exception {
    execute(
        "CREATE VIEW office.seen AS SELECT p.*, TIMESTAMP '2025-01-01' + number * INTERVAL '1 hour' AS at FROM office.people p");
    Files.writeString(
        document,
        DOCUMENT
            .replace("table: office.people", "select: SELECT * FROM office.seen WHERE number > 20")
            .replace("key: number", "key: at"));
    assertThat(extract().out()).contains("8 rows in 2 files");
    assertThat(extract().out()).contains("0 rows");
    assertThat(built()).isEqualTo("8,8,0");
  }

  @Test
  void what_is_wrong_is_said() throws Exception {
    Files.writeString(document, DOCUMENT.replace("key: number", "key: sex"));
    Ran same = extract();
    assertThat(same.status()).isEqualTo(1);
    assertThat(same.err()).contains("does not tell rows apart", "[database-refused]");
    assertThat(files()).isEmpty();
    Files.writeString(document, DOCUMENT.replace("office.people", "office.nobody"));
    assertThat(extract().err()).contains("office.nobody", "[database-refused]");
    Files.writeString(document, DOCUMENT.replace("dataset: resident", "datset: residents"));
    assertThat(extract().err()).contains("people-core.yaml:2", "'dataset' is missing");
    assertThat(extract().status()).isEqualTo(2);
    Files.writeString(document, DOCUMENT.replace("公民身份号码: id, ", ""));
    assertThat(extract().err()).contains("has none of the headers of person");
    assertThat(
            CommandsTest.run(
                    "pool",
                    "extract",
                    document.toString(),
                    "--in",
                    in.toString(),
                    "--url",
                    "jdbc:oracle:thin:@x")
                .err())
        .contains("has none of the headers");
    Files.writeString(document, DOCUMENT);
    assertThat(
            CommandsTest.run(
                    "pool",
                    "extract",
                    document.toString(),
                    "--in",
                    in.toString(),
                    "--url",
                    "jdbc:oracle:thin:@x")
                .err())
        .contains("[driver-missing]", "--driver JAR");
    assertThat(
            CommandsTest.run(
                    "pool",
                    "extract",
                    document.toString(),
                    "--in",
                    in.toString(),
                    "--url",
                    "jdbc:postgresql://127.0.0.1:1/x")
                .err())
        .contains("[database-away]");
  }
}
