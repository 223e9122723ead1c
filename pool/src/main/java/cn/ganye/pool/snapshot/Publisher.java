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

  /**
   * Writes every published step below {@code staging/marts}; paths in the result are relative to
   * the pool.
   */
  public static List<Manifest.MartFile> write(Engine engine, List<Step> published, Path staging)
      throws IOException {
    List<Manifest.MartFile> files = new ArrayList<>();
    for (Step step : published) {
      Step.Publication publication = step.publication();
      if (publication == null) {
        continue;
      }
      refuseForbiddenColumns(engine, step, publication);
      String order =
          publication.order().stream()
              .map(c -> c + " NULLS FIRST")
              .collect(Collectors.joining(", "));
      String select = "SELECT * FROM " + step.name();
      String column = publication.partition();
      if (column == null) {
        files.add(one(engine, step.name(), "whole", select + " ORDER BY " + order, staging));
        continue;
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
        String where =
            " WHERE " + column + " = " + (value.matches("\\d+") ? value : Engine.literal(value));
        files.add(
            one(
                engine,
                step.name(),
                column + "=" + value,
                select + where + " ORDER BY " + order,
                staging));
      }
      if (values.isEmpty()) {
        files.add(one(engine, step.name(), "none", select, staging));
      }
    }
    return files;
  }

  private static Manifest.MartFile one(
      Engine engine, String mart, String partition, String select, Path staging)
      throws IOException {
    Path part = staging.resolve("marts").resolve(mart).resolve(partition + ".part");
    ParquetFile written = engine.write("publishing " + mart + " " + partition, select, part);
    String name =
        "marts/" + mart + "/" + partition + "-" + written.sha256().substring(0, 16) + ".parquet";
    Files.move(part, staging.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    return new Manifest.MartFile(mart, partition, name, written.sha256(), written.rows());
  }

  /**
   * A mart column is an integer, a decimal, a date or a boolean, or text from a declared code list.
   */
  private static void refuseForbiddenColumns(
      Engine engine, Step step, Step.Publication publication) {
    record Column(String name, String type) {}
    List<Column> columns =
        engine.read(
            "SELECT column_name, column_type FROM (DESCRIBE " + step.name() + ")",
            row -> new Column(row.getString(1), row.getString(2)));
    for (Column column : columns) {
      boolean number = NUMBERS.contains(column.type()) || column.type().startsWith("DECIMAL");
      boolean listed =
          column.type().equals("VARCHAR")
              && (publication.codes().containsKey(column.name())
                  || TEXT_WITHOUT_LIST.contains(step.name() + "." + column.name()));
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
