package cn.ganye.cli;

import cn.ganye.pool.VaultRotation;
import cn.ganye.pool.snapshot.PoolFolder;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye pool vault}: keys of what the pool holds sealed. */
@Command(
    name = "vault",
    mixinStandardHelpOptions = true,
    description = "Look after the keys of the vault.",
    subcommands = VaultCommand.Rotate.class,
    synopsisSubcommandLabel = "COMMAND")
final class VaultCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  /** A new key for encryption. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Seal everything in the vault by a new key; the old one is deleted at the end.",
      footer = {
        "",
        "Cut off at any point nothing is lost: run it again, and it goes on with the same new key.",
        "The key for hashing is never changed, since every person_ref hangs on it.",
        "A backup of before opens with the keys of before: those that lie in it, or your copy."
      })
  static final class Rotate implements Callable<Integer> {
    @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      PoolFolder pool = folder.existing();
      VaultRotation.Report report =
          VaultRotation.run(pool, json ? (file, done, of) -> {} : new Progress().files("seal"));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("key", report.key());
        said.put("files", report.files());
        said.put("continued", report.continued());
        out.println(JsonMapper.shared().writeValueAsString(said));
      } else {
        out.println(
            Progress.grouped(report.files())
                + " files are sealed by key "
                + report.key()
                + (report.continued() ? ", which a rotation that was cut off had made." : "."));
        out.println("Back up vault/keys now: without it nothing in the vault opens.");
      }
      out.flush();
      return 0;
    }
  }
}
