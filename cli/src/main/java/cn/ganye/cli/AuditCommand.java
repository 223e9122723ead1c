package cn.ganye.cli;

import cn.ganye.server.access.AuditTrail;
import cn.ganye.server.storage.Connections;
import cn.ganye.server.storage.EmbeddedDatabase;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ganye audit}: the audit trail of the app. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The audit trail: who saw or did what.",
    subcommands = AuditCommand.Verify.class,
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  /** {@code ./ganye audit verify}. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Check every sealed block against its entries and the block before it, and the heads exported day by day.",
        "Exit status 1 if anything was changed, cut out or cut off."
      })
  static final class Verify implements Callable<Integer> {
    @Option(
        names = "--database",
        paramLabel = "DIR",
        defaultValue = "var/postgres",
        description = "Folder of the app's database (default ${DEFAULT-VALUE}).")
    Path database = Path.of("var/postgres");

    @Option(
        names = "--database-url",
        paramLabel = "URL",
        description = "Your own PostgreSQL instead, as ./ganye up takes it.")
    @Nullable String databaseUrl;

    @Option(
        names = "--heads",
        paramLabel = "DIR",
        defaultValue = "var/audit",
        description = "Folder of exported heads (default ${DEFAULT-VALUE}).")
    Path heads = Path.of("var/audit");

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      AuditTrail.Report report =
          databaseUrl == null
              ? EmbeddedDatabase.asOwner(database, owner -> AuditTrail.verify(owner, heads))
              : Connections.asOwner(databaseUrl, owner -> AuditTrail.verify(owner, heads));
      PrintWriter out = spec.commandLine().getOut();
      out.print(
          new Table()
              .row("blocks", Progress.grouped(report.blocks()))
              .row("entries sealed", Progress.grouped(report.entries()))
              .row("entries not sealed yet", Progress.grouped(report.open()))
              .row("heads checked", Integer.toString(report.headsChecked()))
              .row("head", report.head())
              .text());
      out.println(report.faults().isEmpty() ? "The trail is whole." : "The trail is broken.");
      out.flush();
      PrintWriter err = spec.commandLine().getErr();
      report.faults().forEach(fault -> err.println("audit: " + fault + " [trail-broken]"));
      if (!report.faults().isEmpty()) {
        err.println(
            "  next: keep the database as it is and compare it with the last backup before that block");
      }
      err.flush();
      return report.faults().isEmpty() ? 0 : 1;
    }
  }
}
