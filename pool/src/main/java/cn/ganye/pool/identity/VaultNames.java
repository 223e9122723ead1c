package cn.ganye.pool.identity;

import cn.ganye.engine.Engine;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.lake.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One free-text column of a dataset, taken out of the vault for a join: {@code vault_name}. */
public final class VaultNames {
  private static final int BATCH = 20_000;

  private VaultNames() {}

  /**
   * Makes the table {@code vault_name(load, record, name)}; a session has one at a time.
   *
   * @param column a free-text column of the contract
   * @param place where a file of the ledger lies
   */
  public static void load(
      Engine engine,
      Contract contract,
      String column,
      List<Load> loads,
      Vault vault,
      Function<String, Path> place)
      throws IOException {
    int at = contract.vaulted().stream().map(Contract.Column::name).toList().indexOf(column);
    Set<String> files =
        loads.stream()
            .filter(load -> load.dataset().equals(contract.id()) && load.vault() != null)
            .map(load -> String.valueOf(load.vault()))
            .collect(Collectors.toCollection(TreeSet::new));
    engine.table("vault_name", "load INTEGER, record INTEGER, name VARCHAR", List.of());
    for (String file : files) {
      List<Object[]> rows = new ArrayList<>();
      VaultText.read(
          vault,
          place.apply(file),
          entry -> {
            rows.add(new Object[] {entry.load(), entry.record(), entry.cell(at)});
            if (rows.size() == BATCH) {
              engine.rows("vault_name", rows);
              rows.clear();
            }
          });
      engine.rows("vault_name", rows);
    }
  }

  /** Drops it. */
  public static void drop(Engine engine) {
    engine.execute("vault_name", "DROP TABLE vault_name");
  }
}
