package cn.ganye.cli;

import cn.ganye.pool.Backup;
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

/** {@code ./ganye pool backup}: a copy of the pool elsewhere. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Copy a pool, with every snapshot that is kept, to a folder elsewhere.",
    footer = {
      "",
      "Into the same folder again: only what is new is copied, and what no snapshot names any more",
      "goes. Until the new backup is whole the earlier one stays. No build runs meanwhile.",
      "Keys of the vault are in it, unless --without-keys: then keep a copy of vault/keys elsewhere.",
      "The app's own database is backed up with PostgreSQL's tools (docs/operations.md)."
    })
final class BackupCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Folder of the backup, on another disk.")
  Path to = Path.of("");

  @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

  @Option(names = "--without-keys", description = "Leave the keys of the vault out.")
  boolean withoutKeys;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Backup.Report report =
        Backup.make(
            folder.existing(),
            to,
            !withoutKeys,
            json ? (file, done, of) -> {} : new Progress().files("backup"));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("snapshot", report.inventory().snapshot());
      said.put("files", report.inventory().files().size());
      said.put("copied", report.copied());
      said.put("bytes", report.bytes());
      said.put("keys", report.inventory().keys());
      out.println(JsonMapper.shared().writeValueAsString(said));
    } else {
      out.println(
          Progress.grouped(report.inventory().files().size())
              + " files, "
              + Progress.grouped(report.copied())
              + " of them new ("
              + Progress.grouped(report.bytes())
              + " bytes).");
      out.println("Snapshot " + report.inventory().snapshot());
    }
    out.flush();
    return 0;
  }
}
