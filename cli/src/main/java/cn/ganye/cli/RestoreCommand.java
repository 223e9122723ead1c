package cn.ganye.cli;

import cn.ganye.pool.Backup;
import cn.ganye.pool.snapshot.PoolFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye pool restore}: a pool from its backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Put a pool back from its backup, where none is published.",
    footer = {
      "",
      "Every file is compared with its hash. Cut off, nothing is published: run it again."
    })
final class RestoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Folder of the backup.")
  Path from = Path.of("");

  @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Backup.Inventory inventory =
        Backup.restore(
            from,
            new PoolFolder(folder.pool),
            json ? (file, done, of) -> {} : new Progress().files("restore"));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("snapshot", inventory.snapshot());
      said.put("files", inventory.files().size());
      out.println(JsonMapper.shared().writeValueAsString(said));
    } else {
      out.println(Progress.grouped(inventory.files().size()) + " files.");
      out.println("Snapshot " + inventory.snapshot());
    }
    out.flush();
    return 0;
  }
}
