package cn.ganye.engine.spark;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.pool.contract.Contracts;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Both engines on records of which some cells beside the key are empty and some have what another
 * record says.
 */
final class Shaken extends BothEngines {
  private final EngineSettings settings;
  private final long seed;

  Shaken(Cluster cluster, Path storage, EngineSettings settings, long seed) {
    super(cluster, storage, settings);
    this.settings = settings;
    this.seed = seed;
  }

  @Override
  public void table(String name, List<Path> files) {
    super.table(name, shaken(name, files));
  }

  private List<Path> shaken(String table, List<Path> files) {
    try (Engine engine = Engine.open(settings)) {
      engine.view(table, files);
      List<String> columns = engine.columns(table);
      if (!columns.containsAll(List.of("load", "record"))) {
        return files;
      }
      Path file = settings.spill().resolve("shaken").resolve(table + ".parquet");
      engine.write(table, shaken(table, columns, fixed(table)), file);
      return List.of(file);
    }
  }

  private static Set<String> fixed(String table) {
    Set<String> fixed = new HashSet<>(List.of("load", "record"));
    Contracts.builtIn().all().stream()
        .filter(contract -> contract.table().equals(table))
        .forEach(contract -> fixed.addAll(contract.key()));
    return fixed;
  }

  private String shaken(String table, List<String> columns, Set<String> fixed) {
    String cells =
        columns.stream()
            .map(
                column ->
                    fixed.contains(column)
                        ? "a." + column
                        : String.format(
                            Locale.ROOT,
                            "CASE hash(a.n, '%1$s', %2$d) %% 20 WHEN 0 THEN NULL WHEN 1 THEN b.%1$s WHEN 2 THEN b.%1$s"
                                + " ELSE a.%1$s END AS %1$s",
                            column,
                            seed))
            .collect(Collectors.joining(", "));
    String numbered =
        "(SELECT *, row_number() OVER (ORDER BY load, record) AS n FROM " + table + ")";
    return String.format(
        Locale.ROOT,
        "SELECT %1$s FROM %2$s a JOIN %2$s b ON b.n = (a.n * 7919 + %3$d) %% (SELECT count(*) FROM %4$s) + 1"
            + " ORDER BY a.n",
        cells,
        numbered,
        seed,
        table);
  }
}
