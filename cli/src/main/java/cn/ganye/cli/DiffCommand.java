package cn.ganye.cli;

import cn.ganye.pool.Pool;
import cn.ganye.pool.SnapshotDiff;
import cn.ganye.pool.lake.Load;
import cn.ganye.reference.CsvText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye pool diff}: what moved between two snapshots. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Say which cells moved between two snapshots, and which loads came or went.",
    footer = {
      "",
      "Without --mart: a line for each part of a mart that differs, with how many cells moved in it,",
      "and a line for each load. With --mart: the cells themselves as CSV, before and after."
    })
final class DiffCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "BEFORE",
      description = "Id of a snapshot, or its beginning.")
  String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "Id of another.")
  String after = "";

  @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

  @Option(names = "--mart", paramLabel = "MART", description = "List the cells of one mart.")
  @Nullable String mart;

  @Option(
      names = "--limit",
      converter = AtLeastOne.class,
      paramLabel = "N",
      defaultValue = "1000",
      description = "At most so many cells (default ${DEFAULT-VALUE}).")
  int limit = 1000;

  @Mixin Documents documents = new Documents();

  @Option(names = "--json", description = "Print as JSON.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Pool pool = Pool.at(folder.pool);
    SnapshotDiff diff = pool.diff(pool.snapshot(before), pool.snapshot(after), documents.steps());
    PrintWriter out = spec.commandLine().getOut();
    if (mart != null) {
      cells(diff.cells(mart, limit), out);
    } else if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("parts", diff.parts());
      said.put("came", diff.came().stream().map(DiffCommand::said).toList());
      said.put("went", diff.went().stream().map(DiffCommand::said).toList());
      out.println(JsonMapper.shared().writeValueAsString(said));
    } else {
      Table table = new Table().row("mart", "partition", "cells_moved");
      diff.parts()
          .forEach(
              part -> table.row(part.mart(), part.partition(), Progress.grouped(part.cells())));
      out.print(table.text());
      diff.came().forEach(load -> out.println("came: " + line(load)));
      diff.went().forEach(load -> out.println("went: " + line(load)));
    }
    out.flush();
    return 0;
  }

  private void cells(SnapshotDiff.Cells cells, PrintWriter out) {
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(cells));
      return;
    }
    out.println(cells.header().stream().map(CsvText::cell).collect(Collectors.joining(",")));
    for (List<@Nullable Object> row : cells.rows()) {
      out.println(
          row.stream()
              .map(cell -> CsvText.cell(cell == null ? "" : cell.toString()))
              .collect(Collectors.joining(",")));
    }
  }

  private static Map<String, Object> said(Load load) {
    return Map.of(
        "load",
        load.load(),
        "file",
        load.file(),
        "dataset",
        load.dataset(),
        "records",
        load.records());
  }

  private static String line(Load load) {
    return "load "
        + load.load()
        + ", "
        + load.file()
        + ", "
        + Progress.grouped(load.records())
        + " records";
  }
}
