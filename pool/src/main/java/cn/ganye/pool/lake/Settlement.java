package cn.ganye.pool.lake;

import cn.ganye.engine.Engine;
import cn.ganye.engine.Sql;
import cn.ganye.pool.contract.Contract;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settles which of several rows with one key stands, and makes each dataset readable under its
 * name: all rows of the lake less those that do not stand. A function of the lake alone, so that a
 * load can be taken out again.
 */
public final class Settlement {
  private Settlement() {}

  /** Hears of each dataset that is settled. */
  @FunctionalInterface
  public interface Listener {
    /** So many of so many datasets are settled. */
    void settled(String dataset, int done, int of);
  }

  /**
   * Fills the table {@code settlement} and defines a view for each of the contracts.
   *
   * @param undone loads whose rows do not count, though they may lie beside those of others
   * @param place where a file of the ledger lies
   */
  public static void settle(
      Engine engine,
      List<Contract> contracts,
      List<Load> loads,
      List<Load> undone,
      Function<String, Path> place,
      Listener listener) {
    engine.execute(
        "settlement",
        "CREATE TABLE settlement(dataset VARCHAR, load INTEGER, record INTEGER, verdict VARCHAR, by_load INTEGER)");
    AtomicInteger done = new AtomicInteger();
    engine.eachBeside(
        contracts,
        (own, contract) -> settle(own, contract, loads, undone, place),
        contract -> listener.settled(contract.id(), done.incrementAndGet(), contracts.size()));
  }

  private static void settle(
      Engine engine,
      Contract contract,
      List<Load> loads,
      List<Load> undone,
      Function<String, Path> place) {
    String sent = contract.table() + "_sent";
    List<Path> files =
        loads.stream()
            .filter(load -> load.dataset().equals(contract.id()) && load.lake() != null)
            .map(load -> place.apply(String.valueOf(load.lake())))
            .distinct()
            .toList();
    boolean clean = true;
    if (files.isEmpty()) {
      engine.execute(sent, "CREATE VIEW " + sent + " AS " + emptyRelation(contract));
    } else {
      engine.execute(
          sent, "CREATE VIEW " + sent + " AS FROM " + Engine.parquet(files) + without(undone));
      clean = standing(engine, contract, sent);
    }
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

  /** Settles the rows of a dataset; whether all of them stand. */
  private static boolean standing(Engine engine, Contract contract, String sent) {
    String key = String.join(", ", contract.key());
    String what = "settling " + contract.id();
    engine.execute(what, fill("repeated.sql", contract, sent, key, ""));
    if (engine.number("SELECT COUNT(*) FROM repeated") == 0) {
      return true;
    }
    String values =
        Stream.concat(
                contract.stored().stream()
                    .map(Contract.Column::name)
                    .filter(name -> !contract.key().contains(name)),
                contract.vaulted().isEmpty() ? Stream.of() : Stream.of("vault_mark"))
            .collect(Collectors.joining(", "));
    engine.execute(
        what, fill("settlement.sql", contract, sent, key, values.isEmpty() ? "0" : values));
    return engine.number(
            "SELECT COUNT(*) FROM settlement WHERE dataset = " + Engine.literal(contract.id()))
        == 0;
  }

  private static String without(List<Load> undone) {
    return undone.isEmpty()
        ? ""
        : undone.stream()
            .map(load -> Integer.toString(load.load()))
            .collect(Collectors.joining(", ", " WHERE load NOT IN (", ")"));
  }

  /** Numbers of the records that contradict another, by load. */
  public static SortedMap<Integer, BitSet> contradictions(Engine engine) {
    SortedMap<Integer, BitSet> records = new TreeMap<>();
    engine.read(
        "SELECT load, record FROM settlement WHERE verdict = 'contradiction'",
        row -> {
          records.computeIfAbsent(row.getInt(1), load -> new BitSet()).set(row.getInt(2));
          return true;
        });
    return records;
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
    return Sql.filled(
        Settlement.class,
        template,
        Map.of("sent", sent, "key", key, "values", values, "dataset", contract.id()));
  }
}
