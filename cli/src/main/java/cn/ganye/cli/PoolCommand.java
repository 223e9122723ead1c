package cn.ganye.cli;

import cn.ganye.engine.Cluster;
import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.BuildReport;
import cn.ganye.pool.Pool;
import cn.ganye.pool.PoolBuild;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.Reapplication;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.intake.RefusalReason;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye pool}: build, status, snapshots; the other commands have files of their own. */
@Command(
    name = "pool",
    mixinStandardHelpOptions = true,
    description = "The data pool: take files in, publish a snapshot, read its marts.",
    subcommands = {
      PoolCommand.Build.class,
      PoolCommand.Status.class,
      QueryCommand.class,
      DictionaryCommand.class,
      QuarantineCommand.class,
      UndoCommand.class,
      ReapplyCommand.class,
      DiffCommand.class,
      PoolCommand.Snapshots.class,
      ExtractCommand.class,
      LineageCommand.class,
      CollectCommand.class,
      VaultCommand.class,
      BackupCommand.class,
      RestoreCommand.class
    })
final class PoolCommand {
  static final Clock CLOCK = Clock.system(ZoneId.of("Asia/Shanghai"));
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Where the pool lies. */
  static final class Folder {
    @Option(
        names = "--pool",
        paramLabel = "DIR",
        defaultValue = "var/pool",
        description = "Folder of the pool (default ${DEFAULT-VALUE}).")
    Path pool = Path.of("var/pool");

    /**
     * The pool, which must be there.
     *
     * @throws PoolProblem if nothing was published there
     */
    PoolFolder existing() {
      Pool.at(pool).current();
      return new PoolFolder(pool);
    }
  }

  /** Takes files in and publishes. */
  @Command(
      name = "build",
      mixinStandardHelpOptions = true,
      description = "Take in the files of a folder and publish a snapshot.",
      footer = {
        "",
        "Files are CSV (UTF-8 or GB18030), XLSX, JSON lines (.jsonl) or Parquet, also packed as",
        ".gz or in a .zip, and named dataset_region_period_sentdate.csv; each sheet is a table;",
        "docs/data-dictionary.md lists the datasets with their columns.",
        "A file already taken in is passed by. Refused records go to quarantine;",
        "a file that cannot be understood is set aside, and the others go on.",
        "Names beginning with _ or . are ignored.",
        "Exit status: 0 done · 1 the work failed, or (--strict) a file was refused ·",
        "2 DIR is missing, or not one file in it could be read."
      })
  static final class Build implements Callable<Integer> {
    @Option(
        names = "--in",
        paramLabel = "DIR",
        description = "Folder of files (needed, but for --as-known-at).")
    @Nullable Path in;

    @Option(
        names = "--as-known-at",
        paramLabel = "DATE",
        description =
            "Instead: the figures as they were known on a day, of what had been sent by then. Kept beside the snapshot in force.")
    @Nullable LocalDate knownAt;

    @picocli.CommandLine.Mixin Folder folder = new Folder();

    @Option(names = "--strict", description = "Exit status 1 if a file was refused.")
    boolean strict;

    @picocli.CommandLine.Mixin Documents documents = new Documents();

    @picocli.CommandLine.Mixin ClusterOptions cluster = new ClusterOptions();

    @Option(
        names = "--memory",
        paramLabel = "SIZE",
        description =
            "Memory of the whole process, as 2GiB or 512MiB (default: half of the machine's for the engine, a quarter for Java).")
    @Nullable String memory;

    @Option(
        names = "--keep-raw",
        paramLabel = "DAYS",
        description =
            "Days for which files are kept as they were sent, compressed and sealed; 0: not at all (default: three years).")
    @Nullable Integer keepRaw;

    @Option(
        names = "--threads",
        converter = AtLeastOne.class,
        paramLabel = "N",
        description = "Threads (default: all cores).")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      LocalDate day = knownAt;
      if (in == null && day == null) {
        throw new ParameterException(spec.commandLine(), "--in DIR is missing");
      }
      if (keepRaw != null && keepRaw < 0) {
        throw new ParameterException(
            spec.commandLine(), "--keep-raw is a number of days, 0 or more");
      }
      Path from = in == null ? folder.pool : in;
      BuildOptions usual = BuildOptions.of(from, folder.pool, LocalDate.now(CLOCK));
      BuildOptions options =
          new BuildOptions(
              from,
              folder.pool,
              documents.folder,
              usual.home(),
              usual.today(),
              memory == null ? usual.memory() : Sizes.engine(memory),
              threads,
              keepRaw == null ? usual.keepRaw() : keepRaw,
              cluster.of(folder.pool, spec.commandLine()));
      BuildListener listener = json ? BuildListener.SILENT : new Progress();
      BuildReport report =
          day == null
              ? PoolBuild.run(options, listener)
              : PoolBuild.asKnownAt(options, day, listener);
      PrintWriter out = spec.commandLine().getOut();
      Map<String, Object> summary = summary(folder.pool, report.manifest());
      if (json) {
        summary.put("refused", refused(report.manifest()));
        summary.put("changed", report.changed());
        summary.put("new_files", report.newFiles());
        summary.put("new_records", report.records());
        Map<String, Double> seconds = new LinkedHashMap<>();
        report
            .took()
            .seconds()
            .forEach((stage, took) -> seconds.put(stage.name().toLowerCase(Locale.ROOT), took));
        summary.put("seconds", seconds);
        summary.put("step_seconds", report.took().stepSeconds());
        Cluster.Used used = report.took().cluster();
        if (used != null) {
          summary.put(
              "cluster",
              Map.of(
                  "tasks", used.tasks(),
                  "failed_tasks", used.failed(),
                  "task_seconds", used.taskSeconds(),
                  "longest_task_seconds", used.longestTaskSeconds(),
                  "shuffled_bytes", used.shuffledBytes(),
                  "spilled_bytes", used.spilledBytes()));
        }
        out.println(JSON.writeValueAsString(summary));
      } else {
        out.print(text(summary));
        out.println(
            day != null
                ? "As known at " + day + "; ask it with ./ganye pool query --snapshot"
                : report.changed()
                    ? report.newFiles() + " new files."
                    : "No new files: the snapshot is unchanged.");
        Contracts contracts = documents.contracts();
        long changed =
            report.manifest().loads().stream()
                .filter(load -> Reapplication.changed(load, contracts))
                .count();
        if (changed > 0) {
          out.println(
              changed
                  + " files were read by a contract that has changed since: ./ganye pool reapply reads them again.");
        }
        PrintWriter err = spec.commandLine().getErr();
        for (Map<String, Object> file : refused(report.manifest())) {
          err.printf(
              "%s: refused whole: %s [%s]%n",
              file.get("file"), file.get("detail"), file.get("code"));
          if (file.containsKey("next")) {
            err.printf("  next: %s%n", file.get("next"));
          }
        }
      }
      out.flush();
      return strict && report.filesRefused() > 0 ? 1 : 0;
    }
  }

  /** Files that were refused whole: what, why and what to do. */
  private static List<Map<String, Object>> refused(Manifest manifest) {
    List<Map<String, Object>> refused = new ArrayList<>();
    for (Load load : manifest.loads()) {
      String code = load.refused();
      if (code != null) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("file", load.file());
        file.put("code", code);
        file.put("detail", load.detail());
        RefusalReason.of(code).ifPresent(reason -> file.put("next", reason.next()));
        refused.add(file);
      }
    }
    return refused;
  }

  /** Says what is published. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Say what is published and what became of the records.")
  static final class Status implements Callable<Integer> {
    @picocli.CommandLine.Mixin Folder folder = new Folder();

    @Option(names = "--json", description = "Print as JSON.")
    boolean json;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      Manifest manifest = Pool.at(folder.pool).current();
      Map<String, Object> summary = summary(folder.pool, manifest);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        summary.put("refused", refused(manifest));
        out.println(JSON.writeValueAsString(summary));
      } else {
        out.print(text(summary));
      }
      out.flush();
      return 0;
    }
  }

  private static Map<String, Object> summary(Path pool, Manifest manifest) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("snapshot", manifest.snapshot());
    summary.put("first_month", manifest.firstMonth());
    summary.put("last_month", manifest.lastMonth());
    summary.put("files", manifest.loads().size());
    try (QuerySession session = Pool.at(pool).query(manifest)) {
      List<@Nullable Object> sums =
          session
              .rows(
                  "SELECT SUM(records), SUM(accepted), SUM(quarantined), SUM(duplicates), SUM(superseded) FROM intake")
              .getFirst();
      List<String> names =
          List.of("records", "accepted", "quarantined", "duplicates", "superseded");
      for (int i = 0; i < names.size(); i++) {
        summary.put(names.get(i), sums.get(i) instanceof Number sum ? sum.longValue() : 0L);
      }
    }
    summary.put(
        "files_refused", manifest.loads().stream().filter(load -> load.refused() != null).count());
    return summary;
  }

  private static String text(Map<String, Object> summary) {
    Table table = new Table();
    summary.forEach(
        (name, value) ->
            table.row(
                name, value instanceof Long number ? Progress.grouped(number) : value.toString()));
    return table.text();
  }

  /** Lists snapshots. */
  @Command(
      name = "snapshots",
      mixinStandardHelpOptions = true,
      description = "List the snapshots that are kept, the newest first.")
  static final class Snapshots implements Callable<Integer> {
    @picocli.CommandLine.Mixin Folder folder = new Folder();

    @Option(names = "--json", description = "Print as JSON.")
    boolean json;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      Pool pool = Pool.at(folder.pool);
      String inForce = pool.current().snapshot();
      List<Map<String, Object>> rows = new ArrayList<>();
      Table table = new Table().row("snapshot", "first_month", "last_month", "files", "in_force");
      for (Manifest manifest : pool.snapshots()) {
        boolean current = manifest.snapshot().equals(inForce);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("snapshot", manifest.snapshot());
        row.put("first_month", manifest.firstMonth());
        row.put("last_month", manifest.lastMonth());
        row.put("files", manifest.loads().size());
        row.put("in_force", current);
        rows.add(row);
        table.row(
            manifest.snapshot(),
            Integer.toString(manifest.firstMonth()),
            Integer.toString(manifest.lastMonth()),
            Integer.toString(manifest.loads().size()),
            current ? "yes" : "");
      }
      spec.commandLine().getOut().print(json ? JSON.writeValueAsString(rows) + "\n" : table.text());
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
