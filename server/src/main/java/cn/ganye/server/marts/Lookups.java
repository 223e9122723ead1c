package cn.ganye.server.marts;

import cn.ganye.engine.Engine;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The few rows of one person or one enterprise, in a database of one thread: such a reading is too
 * short to be shared out, and a large question elsewhere does not hold it up.
 */
final class Lookups implements AutoCloseable {
  private static final String MEMORY = "1024MiB";
  private static final String SCHEMA = "main";

  private final Database database;

  /** The files of {@code person_file} by the first person of each. */
  private final NavigableMap<Long, Path> persons;

  /** Enterprises by key, as far as they were asked for. */
  private final Map<Long, Employer> called = new ConcurrentHashMap<>();

  private Lookups(Database database, NavigableMap<Long, Path> persons) {
    this.database = database;
    this.persons = persons;
  }

  /**
   * Takes in what is asked for by enterprise, ordered by it.
   *
   * @param persons files of {@code person_file} by the first person of each
   * @param directory columns enterprise, enterprise_ref, number, name, as a table in SQL
   * @param months {@code enterprise_month} as a table in SQL
   * @param origins {@code enterprise_origin} as a table in SQL
   */
  static Lookups of(
      NavigableMap<Long, Path> persons, String directory, String months, String origins)
      throws SQLException {
    Database database = Database.inMemory(MEMORY);
    database.execute("CREATE TABLE enterprise AS FROM " + directory);
    database.execute("CREATE INDEX enterprise_by_ref ON enterprise(enterprise_ref)");
    database.execute("CREATE INDEX enterprise_by_key ON enterprise(enterprise)");
    database.execute(
        "CREATE TABLE enterprise_month AS FROM " + months + " ORDER BY enterprise, month");
    database.execute("CREATE TABLE enterprise_origin AS FROM " + origins + " ORDER BY enterprise");
    database.execute("SET threads = 1");
    return new Lookups(database, persons);
  }

  /** The rows of {@code person_file} about one person. */
  <T> List<T> person(long person, Function<Row, T> reader) {
    Map.Entry<Long, Path> file = persons.floorEntry(person);
    return file == null
        ? List.of()
        : database.read(
            SCHEMA,
            rows ->
                rows.once(
                    "SELECT * FROM "
                        + Engine.parquet(List.of(file.getValue()))
                        + " WHERE person = "
                        + person,
                    reader));
  }

  /** How enterprises are called. */
  Map<Long, Employer> employers(Collection<Long> keys) {
    Map<Long, Employer> employers = new HashMap<>();
    List<Long> unknown = new ArrayList<>();
    for (long key : keys) {
      Employer known = called.get(key);
      if (known == null) {
        unknown.add(key);
      } else {
        employers.put(key, known);
      }
    }
    if (!unknown.isEmpty()) {
      String list = unknown.stream().map(String::valueOf).collect(Collectors.joining(", "));
      database.read(
          SCHEMA,
          rows ->
              rows.once(
                  "SELECT enterprise, enterprise_ref, MIN(name) AS name FROM enterprise WHERE enterprise IN ("
                      + list
                      + ") GROUP BY enterprise, enterprise_ref",
                  row ->
                      employers.put(
                          row.number("enterprise"),
                          new Employer(
                              UUID.fromString(row.text("enterprise_ref")), row.text("name")))));
      called.putAll(employers);
    }
    return employers;
  }

  /** An enterprise as it is within a region; empty if it has no jobs there. */
  Optional<EmployerRecord> employer(String region, UUID ref) {
    return database.read(
        SCHEMA,
        rows -> {
          record Number(long enterprise, String number, String name) {}
          List<Number> numbers =
              rows.read(
                  "SELECT enterprise, number, name FROM enterprise WHERE enterprise_ref = ? ORDER BY number",
                  row -> new Number(row.number("enterprise"), row.text("number"), row.text("name")),
                  ref.toString());
          if (numbers.isEmpty()) {
            return Optional.empty();
          }
          long enterprise = numbers.getFirst().enterprise();
          List<EmployerRecord.Month> months =
              rows.read(
                  "SELECT month, region, industry, headcount, hires, separations, base_sum"
                      + " FROM enterprise_month WHERE enterprise = ? AND region LIKE ?",
                  Lookups::month,
                  enterprise,
                  region + "%");
          if (months.stream().allMatch(month -> month.headcount() == null)) {
            return Optional.empty();
          }
          List<EmployerRecord.Origin> origins =
              rows.read(
                  "SELECT origin, month, people FROM enterprise_origin WHERE enterprise = ? AND region LIKE ?",
                  row ->
                      new EmployerRecord.Origin(
                          row.text("origin"), (int) row.number("month"), row.number("people")),
                  enterprise,
                  region + "%");
          return Optional.of(
              new EmployerRecord(
                  numbers.getFirst().name(),
                  numbers.stream().map(Number::number).toList(),
                  months,
                  origins));
        });
  }

  private static EmployerRecord.Month month(Row row) {
    return new EmployerRecord.Month(
        (int) row.number("month"),
        row.text("region"),
        row.text("industry"),
        row.numberOrNull("headcount"),
        row.numberOrNull("hires"),
        row.numberOrNull("separations"),
        row.numberOrNull("base_sum"));
  }

  @Override
  public void close() {
    database.close();
  }
}
