package cn.ganye.pool.snapshot;

import cn.ganye.engine.Engine;
import cn.ganye.engine.Export;
import cn.ganye.engine.ParquetFile;
import cn.ganye.engine.Step;
import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Writes marts as content-addressed files: ordered by their key, named by partition and hash. */
public final class Publisher {
  private static final Set<String> NUMBERS =
      Set.of("INTEGER", "BIGINT", "SMALLINT", "TINYINT", "DATE", "BOOLEAN");
  private static final Set<String> TEXT_WITHOUT_LIST = Set.of("intake.file", "refusal.file");

  /** With so many files, ordering the table is quicker than looking through it for each of them. */
  private static final int MANY_RUNS = 512;

  private Publisher() {}

  /** Hears of each file of a mart that is written. */
  @FunctionalInterface
  public interface Listener {
    /** So many of so many files are written. */
    void published(String mart, int done, int of);
  }

  /** One file to be made. */
  private record Part(String mart, String partition, Export export) {}

  /**
   * Writes every published step below {@code staging/marts}; paths in the result are relative to
   * the pool.
   *
   * @throws PoolProblem if a mart has a column that none may have, two rows with one key, or a row
   *     without a partition
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
    for (Step step : published) {
      refuseRowsLeftOut(engine, step, files);
    }
    return files;
  }

  /** Every row is in a file: none has the key of another, or no partition. */
  private static void refuseRowsLeftOut(Engine engine, Step step, List<Manifest.MartFile> files) {
    long written =
        files.stream()
            .filter(file -> file.mart().equals(step.name()))
            .mapToLong(Manifest.MartFile::rows)
            .sum();
    long made = engine.number("SELECT COUNT(*) FROM " + step.name());
    if (written != made) {
      SnapshotChecks.run(engine, SnapshotChecks.ofKeys(List.of(step)), (check, done, of) -> {});
      throw SnapshotChecks.broken(
          step.name() + ": every-row-published",
          written + " of " + made + " rows have a partition");
    }
  }

  private static void plan(
      Engine engine, Step step, Step.Publication publication, Path staging, List<Part> parts) {
    String column = publication.partition();
    if (column == null) {
      parts.add(part(step, "whole", "", staging));
      return;
    }
    if (publication.width() > 1) {
      runs(engine, step, column, publication.width(), staging, parts);
      return;
    }
    List<String> values =
        engine.read(
            "SELECT DISTINCT CAST("
                + column
                + " AS VARCHAR) AS v FROM "
                + step.name()
                + " WHERE "
                + column
                + " IS NOT NULL ORDER BY v",
            row -> row.getString(1));
    for (String value : values) {
      String where = " WHERE " + column + " = " + Engine.literal(value);
      parts.add(part(step, column + "=" + value, where, staging));
    }
    if (values.isEmpty()) {
      parts.add(part(step, "none", " WHERE FALSE", staging));
    }
  }

  /** A file for each run of so many values, named by the first: {@code person-from=16384}. */
  private static void runs(
      Engine engine, Step step, String column, int width, Path staging, List<Part> parts) {
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
                + " WHERE "
                + column
                + " IS NOT NULL ORDER BY run",
            row -> row.getLong(1));
    if (runs.size() >= MANY_RUNS) {
      engine.order(step.name(), column);
    }
    for (long run : runs) {
      String where = " WHERE " + column + " >= " + run + " AND " + column + " < " + (run + width);
      parts.add(part(step, column + "-from=" + run, where, staging));
    }
    if (runs.isEmpty()) {
      parts.add(part(step, "none", " WHERE FALSE", staging));
    }
  }

  private static Part part(Step step, String partition, String where, Path staging) {
    String mart = step.name();
    Step.Publication publication = Objects.requireNonNull(step.publication());
    boolean runs = publication.width() > 1;
    return new Part(
        mart,
        partition,
        new Export(
            "publishing " + mart + " " + partition,
            "SELECT * FROM " + mart + where,
            runs ? publication.order() : within(publication),
            staging.resolve("marts").resolve(mart).resolve(partition + ".part"),
            runs ? Export.Reading.LOOK_UP : Export.Reading.SCAN));
  }

  /** What orders the rows of a file, in which the partition is the same for all. */
  private static List<String> within(Step.Publication publication) {
    List<String> rest =
        publication.order().stream().filter(c -> !c.equals(publication.partition())).toList();
    return rest.isEmpty() ? publication.order() : rest;
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
