package cn.ganye.pool.derivation;

import cn.ganye.engine.Engine;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.lake.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tables about loads, which steps read beside the datasets themselves. */
public final class LedgerTables {
  private LedgerTables() {}

  /**
   * Makes {@code load} and {@code load_refusal}.
   *
   * @param home six digits of the home province, for files whose names say no region
   */
  public static void loads(Engine engine, List<Load> loads, int home) {
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> refusals = new ArrayList<>();
    for (Load load : loads) {
      int region = load.region() == 0 ? home : load.region();
      long twin = load.duplicateOf() > 0 ? load.records() : 0;
      rows.add(
          new Object[] {
            load.load(),
            cut(load.file()),
            load.dataset(),
            region,
            load.period(),
            load.knownFrom(),
            load.records(),
            load.quarantined(),
            twin
          });
      load.refusals()
          .forEach((reason, records) -> refusals.add(new Object[] {load.load(), reason, records}));
      if (load.refused() != null) {
        refusals.add(new Object[] {load.load(), load.refused(), 0L});
      }
    }
    engine.table(
        "load",
        "load INTEGER, file VARCHAR, dataset VARCHAR, region INTEGER, period INTEGER, known_from INTEGER, records BIGINT, quarantined BIGINT, twin_records BIGINT",
        rows);
    engine.table("load_refusal", "load INTEGER, reason VARCHAR, records BIGINT", refusals);
  }

  private static String cut(String file) {
    return file.length() <= 200 ? file : file.substring(0, 199) + "…";
  }

  /**
   * Makes {@code dataset_rule}, {@code load_month} (which months each load speaks of) and {@code
   * load_fill} (how many of its cells are filled), and returns the window: the months of the
   * datasets that make it.
   */
  static Window months(Engine engine, Contracts contracts, List<Load> loads) {
    List<Object[]> rules = new ArrayList<>();
    engine.table("load_month", "load INTEGER, month_ix BIGINT, records BIGINT", List.of());
    engine.table("load_fill", "load INTEGER, cells BIGINT, filled BIGINT", List.of());
    for (Contract contract : contracts.all()) {
      rules.add(
          new Object[] {contract.id(), contract.sender(), contract.due(), contract.every().word()});
      List<Load> taken =
          loads.stream()
              .filter(load -> load.dataset().equals(contract.id()) && load.lake() != null)
              .toList();
      if (taken.stream().anyMatch(load -> load.content() == null)) {
        counted(engine, contract);
      } else {
        entered(engine, taken);
      }
    }
    engine.table(
        "dataset_rule", "dataset VARCHAR, sender VARCHAR, due INTEGER, every VARCHAR", rules);
    engine.rows("load_month", named(contracts, loads));
    Window window = window(engine, contracts, loads);
    engine.rows("load_month", whole(contracts, loads, window));
    return window;
  }

  /** What loads hold, as it was entered in the ledger when they were taken in. */
  private static void entered(Engine engine, List<Load> taken) {
    List<Object[]> months = new ArrayList<>();
    List<Object[]> fill = new ArrayList<>();
    for (Load load : taken) {
      Load.Content content = Objects.requireNonNull(load.content());
      content
          .months()
          .forEach(
              (month, rows) ->
                  months.add(new Object[] {load.load(), (long) Window.index(month), rows}));
      fill.add(new Object[] {load.load(), content.cells(), content.filled()});
    }
    engine.rows("load_month", months);
    engine.rows("load_fill", fill);
  }

  /** The same, counted: of loads that an earlier version took in. */
  private static void counted(Engine engine, Contract contract) {
    String sent = contract.table() + "_sent";
    String period = contract.period();
    if (period != null) {
      engine.execute(
          "load_month",
          "INSERT INTO load_month SELECT s.load, m.month_ix, COUNT(*) FROM "
              + sent
              + " s JOIN month m ON m.month = s."
              + period
              + " GROUP BY s.load, m.month_ix");
    }
    String filled =
        contract.stored().stream()
            .map(column -> "COUNT(" + column.name() + ")")
            .collect(Collectors.joining(" + "));
    engine.execute(
        "load_fill",
        "INSERT INTO load_fill SELECT load, COUNT(*) * "
            + contract.stored().size()
            + ", "
            + filled
            + " FROM "
            + sent
            + " GROUP BY load");
  }

  private static boolean monthly(Contracts contracts, Load load) {
    return load.lake() != null
        && contracts
            .find(load.dataset())
            .map(contract -> contract.every() == Contract.Every.MONTH)
            .orElse(false);
  }

  /** A file named after a month speaks of it, even if it has no records. */
  private static List<Object[]> named(Contracts contracts, List<Load> loads) {
    return loads.stream()
        .filter(load -> monthly(contracts, load) && load.period() > 0)
        .map(load -> new Object[] {load.load(), (long) Window.index(load.period()), 0L})
        .toList();
  }

  /**
   * A file without a period, of a dataset whose rows have none either, is the whole list as of the
   * day it was sent: it speaks of all months until then.
   */
  private static List<Object[]> whole(Contracts contracts, List<Load> loads, Window window) {
    List<Object[]> rows = new ArrayList<>();
    for (Load load : loads) {
      boolean rowsTell =
          contracts.find(load.dataset()).map(contract -> contract.period() != null).orElse(false);
      if (monthly(contracts, load) && load.period() == 0 && !rowsTell) {
        int until = Math.min(window.last(), Window.index(load.knownFrom() / 100));
        for (int index = window.first(); index <= until; index++) {
          rows.add(new Object[] {load.load(), (long) index, 0L});
        }
      }
    }
    return rows;
  }

  private static Window window(Engine engine, Contracts contracts, List<Load> loads) {
    TreeSet<Integer> seen = new TreeSet<>();
    for (Load load : loads) {
      boolean frames = contracts.find(load.dataset()).map(Contract::window).orElse(false);
      if (frames && load.lake() != null && load.period() > 0) {
        seen.add(Window.index(load.period()));
      } else if (frames && load.lake() != null) {
        seen.addAll(
            engine.read(
                "SELECT DISTINCT month_ix FROM load_month WHERE load = " + load.load(),
                row -> row.getInt(1)));
      }
    }
    if (seen.isEmpty()) {
      int day = loads.stream().mapToInt(Load::knownFrom).max().orElse(20200101);
      seen.add(Window.index(day / 100));
    }
    return new Window(seen.first(), seen.last());
  }
}
