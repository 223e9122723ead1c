package cn.ganye.pool;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.Engine;
import cn.ganye.engine.Export;
import cn.ganye.engine.ParquetFile;
import cn.ganye.engine.Step;
import cn.ganye.engine.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a cluster gets of an engine's tables before it derives, and what the engine gets back. */
final class Handover {
  /** What the checks read beside the marts. */
  private static final Set<String> READ_BY_CHECKS = Set.of("code_list");

  private final Engine engine;
  private final Cluster cluster;
  private final Path folder;

  Handover(Engine engine, Cluster cluster, Path folder) {
    this.engine = engine;
    this.cluster = cluster;
    this.folder = folder;
  }

  /** Hands over every table that the steps and the checks read and no step makes. */
  void give(Steps steps) {
    Set<String> tables = new TreeSet<>(steps.sources());
    tables.addAll(READ_BY_CHECKS);
    List<Export> exports = new ArrayList<>();
    for (String table : tables) {
      exports.add(
          new Export(
              "handing over " + table,
              "SELECT * FROM " + table,
              List.of(),
              folder.resolve("given").resolve(table + ".parquet"),
              Export.Reading.SCAN));
    }
    List<ParquetFile> files = engine.write(exports, (done, of) -> {});
    List<String> names = List.copyOf(tables);
    for (int i = 0; i < names.size(); i++) {
      cluster.table(names.get(i), List.of(files.get(i).path()));
    }
  }

  /** Takes over the tables of the steps that are published. */
  void takeBack(List<Step> published) {
    for (Step step : published) {
      engine.adopt(step, cluster.bring(step.name(), folder.resolve("back").resolve(step.name())));
    }
  }
}
