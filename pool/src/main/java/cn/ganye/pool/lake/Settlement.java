package cn.ganye.pool.lake;

import cn.ganye.engine.Engine;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Settles which of several rows with one key stands, and makes each dataset readable under its
 * name: all rows of the lake less those that do not stand. A function of the lake alone, so that a
 * load can be taken out again.
 */
public final class Settlement {
  private Settlement() {}

  /** Fills the table {@code settlement} and defines a view for every contract. */
  public static void settle(
      Engine engine, Contracts contracts, List<Load> loads, Path root, Path staging) {
    engine.execute(
        "settlement",
        "CREATE TABLE settlement(dataset VARCHAR, load INTEGER, record INTEGER, verdict VARCHAR, by_load INTEGER)");
    for (Contract contract : contracts.all()) {
      String sent = contract.table() + "_sent";
      List<Path> files =
          loads.stream()
              .filter(load -> load.dataset().equals(contract.id()) && load.lake() != null)
              .map(load -> file(load, root, staging))
              .distinct()
              .toList();
      if (files.isEmpty()) {
        engine.execute(sent, "CREATE VIEW " + sent + " AS " + emptyRelation(contract));
      } else {
        engine.view(sent, files);
        String key = String.join(", ", contract.key());
        String values =
            java.util.stream.Stream.concat(
                    contract.stored().stream()
                        .map(Contract.Column::name)
                        .filter(name -> !contract.key().contains(name)),
                    contract.vaulted().isEmpty()
                        ? java.util.stream.Stream.of()
                        : java.util.stream.Stream.of("vault_mark"))
                .collect(Collectors.joining(", "));
        engine.execute(
            "settling " + contract.id(), fill("repeated.sql", contract, sent, key, values));
        engine.execute(
            "settling " + contract.id(),
            fill("settlement.sql", contract, sent, key, values.isEmpty() ? "0" : values));
      }
      boolean clean =
          engine.number(
                  "SELECT COUNT(*) FROM settlement WHERE dataset = "
                      + Engine.literal(contract.id()))
              == 0;
      String rows = "SELECT * FROM " + sent + " s";
      String standing =
          clean
              ? rows
              : rows
                  + " WHERE NOT EXISTS (SELECT 1 FROM settlement x WHERE x.dataset = "
                  + Engine.literal(contract.id())
                  + " AND x.load = s.load AND x.record = s.record)";
      engine.execute(contract.table(), "CREATE VIEW " + contract.table() + " AS " + standing);
    }
  }

  private static Path file(Load load, Path root, Path staging) {
    Path fresh = staging.resolve(String.valueOf(load.lake()));
    return java.nio.file.Files.exists(fresh) ? fresh : root.resolve(String.valueOf(load.lake()));
  }

  private static String emptyRelation(Contract contract) {
    String columns =
        contract.stored().stream()
            .map(
                column ->
                    "CAST(NULL AS "
                        + switch (column.type().stored()) {
                          case INTEGER -> "INTEGER";
                          case BIGINT -> "BIGINT";
                          case WORD, VAULT -> "VARCHAR";
                        }
                        + ") AS "
                        + column.name())
            .collect(Collectors.joining(", "));
    return "SELECT CAST(NULL AS INTEGER) AS load, CAST(NULL AS INTEGER) AS record, "
        + columns
        + " WHERE 1 = 0";
  }

  private static String fill(
      String template, Contract contract, String sent, String key, String values) {
    try (InputStream in = Settlement.class.getResourceAsStream(template)) {
      if (in == null) {
        throw new IllegalStateException("no statement " + template);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${sent}", sent)
          .replace("${key}", key)
          .replace("${values}", values)
          .replace("${dataset}", contract.id());
    } catch (IOException e) {
      throw new UncheckedIOException(template, e);
    }
  }
}
