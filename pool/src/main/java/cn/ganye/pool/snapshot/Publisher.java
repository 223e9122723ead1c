package cn.ganye.pool.snapshot;

import cn.ganye.engine.Engine;
import cn.ganye.engine.ParquetFile;
import cn.ganye.engine.Step;
import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes marts as content-addressed files: ordered by their key, named by partition and hash. */
public final class Publisher {
  private static final Set<String> NUMBERS =
      Set.of("INTEGER", "BIGINT", "SMALLINT", "TINYINT", "DATE", "BOOLEAN");
  private static final Set<String> TEXT_WITHOUT_LIST = Set.of("intake.file", "refusal.file");

  private Publisher() {}

  /** Hears of each file of a mart that is written. */
  @FunctionalInterface
  public interface Listener {
    /** So many of so many files are written. */
    void published(String mart, int done, int of);
  }

  /** One file to be made. */
  private record Part(String mart, String partition, Engine.Export export) {}

  /**
   * Writes every published step below {@code staging/marts}; paths in the result are relative to
   * the pool.
   */
  public static List<Manifest.MartFile> write(
      Engine engine, List<Step> published, Path staging, Listener listener) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Step step : published) {
      Step.Publication publication = step.publication();
      if (publication != null) {
        refuseForbiddenColumns(engine, step);
        plan(engine, step, publication, staging, parts);
      }
    }
    List<ParquetFile> written =
        engine.write(
            parts.stream().map(Part::export).toList(),
            (done, of) -> listener.published(parts.get(done - 1).mart(), done, of));
    List<Manifest.MartFile> files = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      ParquetFile file = written.get(i);
      String name =
          "marts/"
              + part.mart()
              + "/"
              + part.partition()
              + "-"
              + file.sha256().substring(0, 16)
              + ".parquet";
      Files.move(file.path(), staging.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      files.add(
          new Manifest.MartFile(part.mart(), part.partition(), name, file.sha256(), file.rows()));
    }
    return files;
  }

  private static void plan(
      Engine engine, Step step, Step.Publication publication, Path staging, List<Part> parts) {
    String order =
        " ORDER BY "
            + publication.order().stream()
                .map(c -> c + " NULLS FIRST")
                .collect(Collectors.joining(", "));
    String select = "SELECT * FROM " + step.name();
    String column = publication.partition();
    if (column == null) {
      parts.add(part(step.name(), "whole", select + order, staging));
      return;
    }
    if (publication.width() > 1) {
      runs(engine, step, column, publication.width(), order, staging, parts);
      return;
    }
    List<String> values =
        engine.read(
            "SELECT DISTINCT CAST("
                + column
                + " AS VARCHAR) AS v FROM "
                + step.name()
                + " ORDER BY v",
            row -> row.getString(1));
    for (String value : values) {
      String where = " WHERE " + column + " = " + Engine.literal(value);
      parts.add(part(step.name(), column + "=" + value, select + where + order, staging));
    }
    if (values.isEmpty()) {
      parts.add(part(step.name(), "none", select, staging));
    }
  }

  /** A file for each run of so many values, named by the first: {@code person-from=16384}. */
  private static void runs(
      Engine engine,
      Step step,
      String column,
      int width,
      String order,
      Path staging,
      List<Part> parts) {
    List<Long> runs =
        engine.read(
            "SELECT DISTINCT "
                + column
                + " - "
                + column
                + " % "
                + width
                + " AS run FROM "
                + step.name()
                + " ORDER BY run",
            row -> row.getLong(1));
    for (long run : runs) {
      String where = " WHERE " + column + " >= " + run + " AND " + column + " < " + (run + width);
      String select = "SELECT * FROM " + step.name() + where + order;
      parts.add(
          part(step.name(), column + "-from=" + run, select, Engine.Reading.LOOK_UP, staging));
    }
    if (runs.isEmpty()) {
      parts.add(part(step.name(), "none", "SELECT * FROM " + step.name(), staging));
    }
  }

  private static Part part(String mart, String partition, String select, Path staging) {
    return part(mart, partition, select, Engine.Reading.SCAN, staging);
  }

  private static Part part(
      String mart, String partition, String select, Engine.Reading reading, Path staging) {
    Path file = staging.resolve("marts").resolve(mart).resolve(partition + ".part");
    return new Part(
        mart,
        partition,
        new Engine.Export("publishing " + mart + " " + partition, select, file, reading));
  }

  /**
   * A mart column is an integer, a decimal, a date or a boolean, or text from a declared code list.
   */
  private static void refuseForbiddenColumns(Engine engine, Step step) {
    record Column(String name, String type) {}
    List<Column> columns =
        engine.read(
            "SELECT column_name, column_type FROM (DESCRIBE " + step.name() + ")",
            row -> new Column(row.getString(1), row.getString(2)));
    for (Column column : columns) {
      boolean number = NUMBERS.contains(column.type()) || column.type().startsWith("DECIMAL");
      boolean listed =
          step.codes().containsKey(column.name())
              || TEXT_WITHOUT_LIST.contains(step.name() + "." + column.name());
      if (!number && !listed) {
        throw PoolProblem.work(
            "mart-column-forbidden",
            step.name() + "." + column.name(),
            "a mart may not hold a column of type " + column.type() + " without a code list",
            "name its code list in the head of " + step.name() + ".sql, or leave the column out");
      }
    }
  }
}
