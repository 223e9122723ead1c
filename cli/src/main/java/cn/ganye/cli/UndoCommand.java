package cn.ganye.cli;

import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.BuildReport;
import cn.ganye.pool.Pool;
import cn.ganye.pool.PoolBuild;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Manifest;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye pool undo}: takes loads out again. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = "Take loads out again: figures are as if their files had never come.",
    footer = {
      "",
      "What has the same bytes as one of them goes with it. The files may come again: take them out",
      "of their folder, or the next build takes them in. Snapshots of before stay as they were.",
      "./ganye pool query \"SELECT load, file FROM intake\" lists the loads."
    })
final class UndoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "LOAD", arity = "1..*", description = "Numbers of the loads.")
  List<Integer> loads = List.of();

  @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

  @Mixin Documents documents = new Documents();

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Manifest before = Pool.at(folder.pool).current();
    BuildOptions usual =
        BuildOptions.of(folder.pool, folder.pool, LocalDate.now(PoolCommand.CLOCK));
    BuildReport report =
        PoolBuild.undo(
            usual.with(documents.folder), loads, json ? BuildListener.SILENT : new Progress());
    List<Load> gone =
        Pool.at(folder.pool).diff(before, report.manifest(), documents.steps()).went();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("snapshot", report.manifest().snapshot());
      said.put("undone", gone.stream().map(Load::load).toList());
      said.put("files", gone.stream().map(Load::file).toList());
      out.println(JsonMapper.shared().writeValueAsString(said));
    } else {
      gone.forEach(
          load ->
              out.println(
                  "load "
                      + load.load()
                      + " is out: "
                      + load.file()
                      + ", "
                      + load.records()
                      + " records"));
      out.println("Snapshot " + report.manifest().snapshot());
    }
    out.flush();
    return 0;
  }
}
