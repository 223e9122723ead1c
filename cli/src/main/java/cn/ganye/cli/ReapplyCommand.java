package cn.ganye.cli;

import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.BuildReport;
import cn.ganye.pool.Pool;
import cn.ganye.pool.PoolBuild;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.Reapplication;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.lake.Load;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye pool reapply}: reads files once more by a contract that has changed. */
@Command(
    name = "reapply",
    mixinStandardHelpOptions = true,
    description =
        "Read files once more, from what is kept of them, by contracts that have changed.",
    footer = {
      "",
      "Due are files that were read by another contract than the one in force, and files that were",
      "refused as not understood and are understood now. Each gets a new load number and keeps the",
      "day on which it was sent; figures are those of a pool built by the contracts in force.",
      "./ganye pool build --keep-raw says how long files are kept; nothing else changes them."
    })
final class ReapplyCommand implements Callable<Integer> {
  @Option(
      names = "--dataset",
      paramLabel = "ID",
      description = "Also all files of this dataset; may be given several times.")
  Set<String> datasets = Set.of();

  @Option(names = "--dry-run", description = "Only list the files that are due.")
  boolean dryRun;

  @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

  @Mixin Documents documents = new Documents();

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Contracts contracts = documents.contracts();
    for (String dataset : datasets) {
      if (contracts.find(dataset).isEmpty()) {
        throw PoolProblem.use(
            "dataset-unknown",
            dataset,
            "there is no dataset of this id",
            "docs/data-dictionary.md lists the datasets");
      }
    }
    List<Load> due = Reapplication.due(Pool.at(folder.pool).current(), contracts, datasets);
    List<Load> gone = due.stream().filter(load -> load.raw() == null).toList();
    BuildReport report =
        dryRun
            ? null
            : PoolBuild.reapply(
                BuildOptions.of(folder.pool, folder.pool, LocalDate.now(PoolCommand.CLOCK))
                    .with(documents.folder),
                datasets,
                json ? BuildListener.SILENT : new Progress());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("due", due.stream().map(Load::file).toList());
      said.put("not_kept", gone.stream().map(Load::file).toList());
      if (report != null) {
        said.put("snapshot", report.manifest().snapshot());
        said.put("read_again", report.newFiles());
        said.put("records", report.records());
      }
      out.println(JsonMapper.shared().writeValueAsString(said));
    } else {
      if (dryRun) {
        due.forEach(load -> out.println("load " + load.load() + ": " + load.file()));
      }
      gone.forEach(
          load -> out.println(load.file() + " is not kept: send it again under another name"));
      out.println(
          report == null
              ? due.size() + " files are due."
              : report.newFiles() + " files read again. Snapshot " + report.manifest().snapshot());
    }
    out.flush();
    return 0;
  }
}
