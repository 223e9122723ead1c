package cn.ganye.pool.snapshot;

import cn.ganye.engine.Engine;
import cn.ganye.engine.Export;
import cn.ganye.engine.Hashes;
import cn.ganye.engine.ParquetFile;
import cn.ganye.engine.Step;
import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes marts as content-addressed files: ordered by their key, named by partition and hash. What
 * has the rows that it had before is not written again.
 */
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

  private record Column(String name, String type) {}

  /**
   * Rows of a mart that make one file.
   *
   * @param where what tells them from the mart's others
   * @param rows how many there are
   * @param content fingerprint of the rows, whatever their order
   */
  private record Part(Step step, String partition, String where, long rows, String content) {}

  /**
   * Makes a file of each part of every published step, below {@code staging/marts}; a part that has
   * the rows of a file of before keeps that file. Paths in the result are relative to the pool.
   *
   * @param before files of an earlier snapshot that are still there
   * @throws PoolProblem if a mart has a column that none may have, two rows with one key, or a row
   *     without a partition
   */
  public static List<Manifest.MartFile> write(
      Engine engine,
      List<Step> published,
      Collection<Manifest.MartFile> before,
      Path staging,
      Listener listener)
      throws IOException {
    Map<String, Manifest.MartFile> known =
        before.stream()
            .collect(Collectors.toMap(file -> place(file.mart(), file.partition()), file -> file));
    List<Part> parts = published.stream().flatMap(step -> parts(engine, step).stream()).toList();
    Map<Part, Manifest.MartFile> files = new HashMap<>();
    for (Part part : parts) {
      Manifest.MartFile file = known.get(place(part.step().name(), part.partition()));
      if (file != null && part.content().equals(file.content())) {
        files.put(part, file);
      }
    }
    // The largest first: none is then left alone at the end, when there is nothing to do beside it.
    List<Part> changed =
        parts.stream()
            .filter(part -> !files.containsKey(part))
            .sorted(Comparator.comparingLong(Part::rows).reversed())
            .toList();
    orderWhereManyChanged(engine, changed);
    List<ParquetFile> written =
        engine.write(
            changed.stream().map(part -> export(part, staging)).toList(),
            (done, of) -> listener.published(changed.get(done - 1).step().name(), done, of));
    for (int i = 0; i < written.size(); i++) {
      refuseRowsLeftOut(engine, changed.get(i), written.get(i));
      files.put(changed.get(i), named(changed.get(i), written.get(i), staging));
    }
    return parts.stream().map(part -> Objects.requireNonNull(files.get(part))).toList();
  }

  private static String place(String mart, String partition) {
    return "marts/" + mart + "/" + partition;
  }

  private static Step.Publication publication(Step step) {
    return Objects.requireNonNull(step.publication(), "it is not published");
  }

  private static Manifest.MartFile named(Part part, ParquetFile file, Path staging)
      throws IOException {
    String mart = part.step().name();
    String name = place(mart, part.partition()) + "-" + file.sha256().substring(0, 16) + ".parquet";
    Files.move(file.path(), staging.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    return new Manifest.MartFile(
        mart, part.partition(), name, file.sha256(), file.rows(), part.content());
  }

  /** Every row of a part is in its file: none has the key of another. */
  private static void refuseRowsLeftOut(Engine engine, Part part, ParquetFile file) {
    if (file.rows() != part.rows()) {
      List<Step> step = List.of(part.step());
      SnapshotChecks.run(engine, SnapshotChecks.ofKeys(step), (check, done, of) -> {});
      throw notPublished(
          part.step(),
          file.rows()
              + " of "
              + part.rows()
              + " rows of "
              + part.partition()
              + " are in their file");
    }
  }

  private static PoolProblem notPublished(Step step, String what) {
    return SnapshotChecks.broken(step.name() + ": every-row-published", what);
  }

  /**
   * What a mart is cut into: the rows of each value of a column, or of each run of so many values,
   * named by the first ({@code person-from=16384}), or all of them.
   *
   * @throws PoolProblem if a row has no such value
   */
  private static List<Part> parts(Engine engine, Step step) {
    List<Column> columns = columns(engine, step);
    refuseForbidden(step, columns);
    String form = form(engine, step, columns);
    String column = publication(step).partition();
    int width = publication(step).width();
    if (column == null) {
      return engine.read(
          "SELECT " + content(step) + " FROM " + step.name(),
          row -> new Part(step, "whole", "", row.getLong(2), Hashes.of(form + row.getString(1))));
    }
    boolean runs = width > 1;
    List<Part> parts =
        engine.read(
            String.format(
                "SELECT %s, %s AS v FROM %s GROUP BY v ORDER BY v",
                content(step),
                runs ? column + " - " + column + " % " + width : "CAST(" + column + " AS VARCHAR)",
                step.name()),
            row -> {
              long rows = row.getLong(2);
              if (row.getObject(3) == null) {
                throw notPublished(step, rows + " rows have no " + column);
              }
              String content = Hashes.of(form + row.getString(1));
              if (runs) {
                long from = row.getLong(3);
                return new Part(
                    step,
                    column + "-from=" + from,
                    " WHERE " + column + " >= " + from + " AND " + column + " < " + (from + width),
                    rows,
                    content);
              }
              String value = row.getString(3);
              return new Part(
                  step,
                  column + "=" + value,
                  " WHERE " + column + " = " + Engine.literal(value),
                  rows,
                  content);
            });
    return parts.isEmpty()
        ? List.of(new Part(step, "none", " WHERE FALSE", 0, Hashes.of(form)))
        : parts;
  }

  /**
   * What fingerprints rows, and how many they are. The fingerprint is their number and a sum over
   * them; hashed twice, since values that differ by little would else make sums that do.
   */
  private static String content(Step step) {
    return "COUNT(*) || ' ' || COALESCE(SUM(hash(hash("
        + String.join(", ", step.columns())
        + "))), 0) AS content, COUNT(*) AS n";
  }

  /**
   * What a file's bytes and the sum of its rows follow from besides the rows. Hashes and forms are
   * those of a version of DuckDB.
   */
  private static String form(Engine engine, Step step, List<Column> columns) {
    String version = engine.read("SELECT version()", row -> row.getString(1)).getFirst();
    return String.join(" ", version, publication(step).toString(), columns.toString(), "");
  }

  private static void orderWhereManyChanged(Engine engine, List<Part> changed) {
    Map<Step, Long> runs =
        changed.stream()
            .filter(part -> publication(part.step()).width() > 1)
            .collect(Collectors.groupingBy(Part::step, Collectors.counting()));
    runs.forEach(
        (step, files) -> {
          if (files >= MANY_RUNS) {
            engine.order(step.name(), Objects.requireNonNull(publication(step).partition()));
          }
        });
  }

  private static Export export(Part part, Path staging) {
    Step.Publication publication = publication(part.step());
    String mart = part.step().name();
    boolean runs = publication.width() > 1;
    return new Export(
        "publishing " + mart + " " + part.partition(),
        "SELECT * FROM " + mart + part.where(),
        runs ? publication.order() : within(publication),
        staging.resolve(place(mart, part.partition()) + ".part"),
        runs ? Export.Reading.LOOK_UP : Export.Reading.SCAN);
  }

  /** What orders the rows of a file, in which the partition is the same for all. */
  private static List<String> within(Step.Publication publication) {
    List<String> rest =
        publication.order().stream().filter(c -> !c.equals(publication.partition())).toList();
    return rest.isEmpty() ? publication.order() : rest;
  }

  private static List<Column> columns(Engine engine, Step step) {
    return engine.read(
        "SELECT column_name, column_type FROM (DESCRIBE " + step.name() + ")",
        row -> new Column(row.getString(1), row.getString(2)));
  }

  /**
   * A mart column is an integer, a decimal, a date or a boolean, or text from a declared code list.
   */
  private static void refuseForbidden(Step step, List<Column> columns) {
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
