package cn.ganye.pool.identity;

import cn.ganye.engine.Engine;
import cn.ganye.engine.ParquetFile;
import cn.ganye.engine.Sql;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.lake.Load;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Who the enterprises are: every number that one goes by, with its name and {@code enterprise_ref}.
 * It lies beside the marts, never in them, since the name of a sole trader is personal.
 */
public final class Directory {
  private static final int BATCH = 20_000;

  private Directory() {}

  /**
   * Writes the directory: {@code enterprise, enterprise_ref, number, name}, one row a number.
   * Datasets that name enterprises say so in their contracts; of several names that of the first
   * dataset by id counts.
   *
   * @param place where a file of the ledger lies
   */
  public static ParquetFile write(
      Engine engine,
      Contracts contracts,
      List<Load> loads,
      Vault vault,
      EnterpriseKeys keys,
      Function<String, Path> place,
      Path file)
      throws IOException {
    engine.table("directory_number", "enterprise INTEGER, number VARCHAR, ref VARCHAR", List.of());
    List<Object[]> numbers = new ArrayList<>();
    for (int key = 1; key <= keys.count(); key++) {
      String number = new String(keys.number(key), StandardCharsets.UTF_8);
      numbers.add(new Object[] {key, number, vault.reference("enterprise " + number)});
      if (numbers.size() == BATCH || key == keys.count()) {
        engine.rows("directory_number", numbers);
        numbers.clear();
      }
    }
    engine.table("directory_name", "enterprise INTEGER, dataset VARCHAR, name VARCHAR", List.of());
    for (Contract contract : contracts.all()) {
      Contract.Names names = contract.names();
      if (names != null) {
        said(engine, contract, names, loads, vault, place);
      }
    }
    ParquetFile written =
        engine.write("directory", Sql.resource(Directory.class, "directory.sql"), file);
    List.of("directory_number", "directory_name")
        .forEach(table -> engine.execute(table, "DROP TABLE " + table));
    return written;
  }

  private static void said(
      Engine engine,
      Contract contract,
      Contract.Names names,
      List<Load> loads,
      Vault vault,
      Function<String, Path> place)
      throws IOException {
    VaultNames.load(engine, contract, names.name(), loads, vault, place);
    engine.execute(
        "names of " + contract.id(),
        Sql.filled(
            Directory.class,
            "named.sql",
            Map.of("dataset", contract.id(), "table", contract.table(), "number", names.number())));
    VaultNames.drop(engine);
  }
}
