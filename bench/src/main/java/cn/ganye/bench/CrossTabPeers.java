package cn.ganye.bench;

import cn.ganye.engine.Engine;
import cn.ganye.pool.Pool;
import cn.ganye.pool.snapshot.Manifest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * The same cross-tabs — three dimensions, two filters — asked of the app, of PostgreSQL over a
 * table of its own with a row for each person of one month, and of DuckDB over spells. By one user,
 * one question after the other; the counts must be the same.
 */
final class CrossTabPeers {
  private static final int QUESTIONS = 20;
  private static final int LAST_AGE = 65;

  /** Asks the app; returns how many people are in all cells. */
  @FunctionalInterface
  interface App {
    long people(String path) throws Exception;
  }

  private record Question(
      List<String> dimensions, Map<String, List<String>> filters, String region) {
    String path(int month) {
      return "/api/v1/analysis/crosstab?dimensions="
          + String.join(",", dimensions)
          + "&filters="
          + filters.entrySet().stream()
              .map(f -> f.getKey() + ":" + String.join("%7C", f.getValue()))
              .collect(Collectors.joining(","))
          + "&region="
          + region
          + "&regionBy=residence&month="
          + month;
    }

    /** Over a relation with a column for each dimension. */
    String sql(String from) {
      String by =
          dimensions.stream()
              .map(
                  d ->
                      d.equals("region")
                          ? "SUBSTR(region, 1, " + (region.length() == 2 ? 4 : 6) + ")"
                          : d)
              .collect(Collectors.joining(", "));
      return "SELECT "
          + by
          + ", COUNT(*) FROM "
          + from
          + " WHERE region LIKE '"
          + region
          + "%' AND "
          + filters.entrySet().stream()
              .map(f -> f.getKey() + " IN ('" + String.join("', '", f.getValue()) + "')")
              .collect(Collectors.joining(" AND "))
          + " GROUP BY 1, 2, 3";
    }
  }

  private final Path work;
  private final Manifest manifest;
  private final Path pool;

  CrossTabPeers(Path pool, Path work) {
    this.pool = pool;
    this.work = work;
    this.manifest = Pool.at(pool).current();
  }

  void run(PoolBench.Figures figures, App app) throws Exception {
    int month = manifest.lastMonth();
    List<Question> questions = questions();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        EmbeddedPostgres postgres = postgres()) {
      try (Statement statement = duck.createStatement()) {
        statement.execute("CREATE VIEW spells AS " + spells(month));
      }
      Path rows = work.resolve("person-month.csv");
      try (Connection own = postgres.getPostgresDatabase().getConnection()) {
        fill(duck, own, rows);
        long[] ours = new long[questions.size()];
        double app1 =
            median(
                figures, "cross-tab-app", questions, (q, i) -> ours[i] = app.people(q.path(month)));
        double postgres1 =
            median(
                figures,
                "cross-tab-postgresql",
                questions,
                (q, i) -> same(q, ours[i], people(own, q.sql("person_month"))));
        double spells1 =
            median(
                figures,
                "cross-tab-spells",
                questions,
                (q, i) -> same(q, ours[i], people(duck, q.sql("spells"))));
        ratio(figures, "cross-tab-postgresql-ratio", postgres1 / app1);
        ratio(figures, "cross-tab-spells-ratio", spells1 / app1);
      } finally {
        Files.deleteIfExists(rows);
      }
    }
  }

  private static void ratio(PoolBench.Figures figures, String name, double ratio) {
    figures.figure(name, String.format(Locale.ROOT, "%.1f", ratio), "times");
  }

  private static void same(Question question, long ours, long theirs) {
    if (ours != theirs) {
      throw new IllegalStateException(
          question + ": " + ours + " people here, " + theirs + " there");
    }
  }

  @FunctionalInterface
  private interface Asking {
    void ask(Question question, int index) throws Exception;
  }

  /** Milliseconds, of the questions' first asking each. */
  private static double median(
      PoolBench.Figures figures, String name, List<Question> questions, Asking asking)
      throws Exception {
    double[] millis = new double[questions.size()];
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      asking.ask(questions.get(i), i);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    double median = millis[millis.length / 2];
    figures.figure(name + "-p50", String.format(Locale.ROOT, "%.1f", median), "ms");
    return median;
  }

  private static long people(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet cells = statement.executeQuery(sql)) {
      long people = 0;
      while (cells.next()) {
        people += cells.getLong(4);
      }
      return people;
    }
  }

  private static List<Question> questions() {
    SplittableRandom random = new SplittableRandom(5);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      List<String> names =
          new ArrayList<>(List.of("region", "status", "sex", "age_group", "education", "industry"));
      List<String> dimensions = new ArrayList<>();
      while (dimensions.size() < 3) {
        dimensions.add(names.remove(random.nextInt(names.size())));
      }
      Map<String, List<String>> filters = new LinkedHashMap<>();
      filters.put("status", List.of("EMPLOYED", "UNEMPLOYED"));
      if (random.nextBoolean()) {
        filters.put("sex", List.of(Integer.toString(1 + random.nextInt(2))));
      } else {
        filters.put("age_group", List.of(Integer.toString(20 + 5 * random.nextInt(7)), "55"));
      }
      int city = random.nextInt(12);
      questions.add(new Question(dimensions, filters, city == 0 ? "36" : "36%02d".formatted(city)));
    }
    return questions;
  }

  private List<Path> files(String mart) {
    return manifest.marts().stream()
        .filter(m -> m.mart().equals(mart))
        .map(m -> pool.resolve(m.file()))
        .toList();
  }

  /** The people of a month with what they are told apart by, from their spells. */
  private String spells(int month) {
    String age =
        "("
            + (month / 100 * 12 + month % 100)
            + " - (f.birth_month // 100 * 12 + f.birth_month % 100))";
    StringBuilder group = new StringBuilder("CASE WHEN f.birth_month IS NULL THEN '-1'");
    for (int from : new int[] {LAST_AGE, 60, 55, 50, 45, 40, 35, 30, 25, 20, 16, 15, 0}) {
      group
          .append(" WHEN ")
          .append(age)
          .append(" >= ")
          .append(from * 12)
          .append(" THEN '")
          .append(from)
          .append("'");
    }
    return "SELECT CAST(f.residence AS VARCHAR) AS region, CAST(s.status AS VARCHAR) AS status, CAST(f.sex AS VARCHAR) AS sex, "
        + group
        + " ELSE '0' END AS age_group, CAST(f.education AS VARCHAR) AS education, CAST(s.industry AS VARCHAR) AS industry FROM "
        + Engine.parquet(files("person_status"))
        + " s JOIN "
        + Engine.parquet(files("person_frame"))
        + " f ON f.person = s.person WHERE s.from_month <= "
        + month
        + " AND s.to_month >= "
        + month;
  }

  private EmbeddedPostgres postgres() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("shared_buffers", "1GB")
        .setServerConfig("work_mem", "64MB")
        .setServerConfig("max_wal_size", "4GB")
        .start();
  }

  private static void fill(Connection duck, Connection own, Path rows)
      throws SQLException, IOException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM spells ORDER BY region) TO '"
              + rows
              + "' (FORMAT csv, HEADER false)");
    }
    try (Statement statement = own.createStatement()) {
      statement.execute(
          "CREATE TABLE person_month (region text, status text, sex text, age_group text, education text, industry text)");
      try (Reader csv = Files.newBufferedReader(rows)) {
        new CopyManager(own.unwrap(BaseConnection.class))
            .copyIn("COPY person_month FROM STDIN (FORMAT csv)", csv);
      }
      statement.execute("CREATE INDEX ON person_month (region text_pattern_ops)");
      statement.execute("VACUUM ANALYZE person_month");
    }
  }
}
