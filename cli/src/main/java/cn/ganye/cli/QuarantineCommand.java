package cn.ganye.cli;

import cn.ganye.engine.Durable;
import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.BuildReport;
import cn.ganye.pool.Pool;
import cn.ganye.pool.PoolBuild;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.Quarantine;
import cn.ganye.pool.Quarantine.RefusedRecord;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.intake.RefusalReason;
import cn.ganye.pool.intake.RefusedWorkbook;
import cn.ganye.pool.intake.SourceTable;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.query.QuerySession;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye pool quarantine}: what was refused, seen, taken out, mended and sent in again. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = "See what was refused and why, mend it and send it in again.",
    footer = {"", "Refused records hold personal data: show and export them for a reason only."},
    subcommands = {
      QuarantineCommand.Listing.class,
      QuarantineCommand.Show.class,
      QuarantineCommand.Export.class,
      QuarantineCommand.Replay.class
    })
final class QuarantineCommand {
  private static final int EVERYTHING = 1_000_000;

  private QuarantineCommand() {}

  private static Load load(Quarantine quarantine, Path pool, int number) {
    return quarantine
        .load(number)
        .orElseThrow(
            () ->
                PoolProblem.use(
                    "load-unknown",
                    pool.toString(),
                    "there is no load " + number,
                    "./ganye pool quarantine list names them"));
  }

  /** Counts. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List how many records of which loads were refused, and why.")
  static final class Listing implements Callable<Integer> {
    @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

    @Option(names = "--json", description = "Print as JSON.")
    boolean json;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      Table table = new Table().row("load", "file", "reason", "records", "meaning");
      List<Map<String, Object>> said = new ArrayList<>();
      try (QuerySession session = Pool.at(folder.pool).query()) {
        for (List<@Nullable Object> row :
            session.rows(
                "SELECT load, file, reason, SUM(records) FROM refusal GROUP BY ALL ORDER BY load, reason")) {
          List<String> cells = row.stream().map(String::valueOf).toList();
          String meaning =
              RefusalReason.of(cells.get(2)).map(RefusalReason::title).orElse(cells.get(2));
          table.row(cells.get(0), cells.get(1), cells.get(2), cells.get(3), meaning);
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("load", row.get(0));
          one.put("file", cells.get(1));
          one.put("reason", cells.get(2));
          one.put("records", Long.parseLong(cells.get(3)));
          said.add(one);
        }
      }
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? JsonMapper.shared().writeValueAsString(said) + "\n" : table.text());
      out.flush();
      return 0;
    }
  }

  /** Texts on the terminal. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Print refused records of a load with every reason.")
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "LOAD", description = "Number of the load.")
    int load;

    @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

    @Option(
        names = "--limit",
        converter = AtLeastOne.class,
        paramLabel = "N",
        defaultValue = "20",
        description = "At most so many (default ${DEFAULT-VALUE}).")
    int limit = 20;

    @Option(names = "--json", description = "Print as JSON.")
    boolean json;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      Quarantine quarantine = new Quarantine(folder.pool, Contracts.builtIn());
      List<RefusedRecord> records =
          quarantine.records(QuarantineCommand.load(quarantine, folder.pool, load), limit);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(JsonMapper.shared().writeValueAsString(records));
      } else {
        for (RefusedRecord record : records) {
          out.println(record.record() + "  " + String.join("；", record.problems()));
          out.println("    " + record.text().strip());
        }
      }
      out.flush();
      return 0;
    }
  }

  /** A spreadsheet to be mended. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Write refused records of a load as a spreadsheet, to be mended and replayed.",
      footer = {
        "",
        "It has the file's own header where the file is still in its folder (--in), and is named so",
        "that it is understood when it comes back."
      })
  static final class Export implements Callable<Integer> {
    @Parameters(paramLabel = "LOAD", description = "Number of the load.")
    int load;

    @Option(
        names = "--in",
        required = true,
        paramLabel = "DIR",
        description = "Folder that the files came to.")
    Path in = Path.of(".");

    @Option(
        names = "--out",
        paramLabel = "DIR",
        defaultValue = ".",
        description = "Folder of the spreadsheet (default: here).")
    Path out = Path.of(".");

    @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      Quarantine quarantine = new Quarantine(folder.pool, Contracts.builtIn());
      Load of = QuarantineCommand.load(quarantine, folder.pool, load);
      List<RefusedRecord> records = quarantine.records(of, EVERYTHING);
      Path file =
          Files.createDirectories(out)
              .resolve(Quarantine.mendedName(of, LocalDate.now(PoolCommand.CLOCK)) + ".xlsx");
      try (OutputStream written = Files.newOutputStream(file)) {
        RefusedWorkbook.write(quarantine.table(of, in).orElse(null), records, written);
      }
      spec.commandLine().getOut().println(file + ": " + records.size() + " records");
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  /** What was mended comes in again. */
  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = "Send mended records in again and build.",
      footer = {
        "",
        "WHAT is a mended spreadsheet (or any table of the dataset), or the number of a load: then",
        "--map says what its cells should have been. It is put into DIR/replayed and taken in like",
        "any file; the records that were refused before stay in quarantine, where they came from."
      })
  static final class Replay implements Callable<Integer> {
    @Parameters(paramLabel = "WHAT", description = "A file, or the number of a load.")
    String what = "";

    @Option(
        names = "--in",
        required = true,
        paramLabel = "DIR",
        description = "Folder that the files come to.")
    Path in = Path.of(".");

    @Option(
        names = "--map",
        paramLabel = "HEADER:WAS=IS",
        description = "In the column under HEADER, WAS should have been IS; may be given often.")
    List<String> maps = List.of();

    @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      LocalDate today = LocalDate.now(PoolCommand.CLOCK);
      Path replayed = Files.createDirectories(in.resolve("replayed"));
      Path file = what.matches("\\d+") ? mapped(replayed, today) : copied(replayed);
      BuildReport report =
          PoolBuild.run(BuildOptions.of(in, folder.pool, today), BuildListener.SILENT);
      String path = in.toRealPath().relativize(file.toRealPath()).toString().replace('\\', '/');
      boolean refused = false;
      PrintWriter out = spec.commandLine().getOut();
      try (QuerySession session = Pool.at(folder.pool).query(report.manifest())) {
        for (Load load : report.manifest().loads()) {
          if (!load.file().equals(path) && !load.file().startsWith(path + "!")) {
            continue;
          }
          refused |= load.refused() != null;
          List<@Nullable Object> sums =
              session
                  .rows(
                      "SELECT records, accepted, quarantined, duplicates FROM intake WHERE load = "
                          + load.load())
                  .getFirst();
          out.println(
              "load %d, %s: %s records, %s accepted, %s quarantined, %s duplicates"
                  .formatted(
                      load.load(),
                      load.file(),
                      sums.get(0),
                      sums.get(1),
                      sums.get(2),
                      sums.get(3)));
          if (load.refused() != null) {
            spec.commandLine()
                .getErr()
                .println(
                    load.file()
                        + ": refused whole: "
                        + load.detail()
                        + " ["
                        + load.refused()
                        + "]");
          }
        }
      }
      out.println("Snapshot " + report.manifest().snapshot());
      out.flush();
      return refused ? 1 : 0;
    }

    private Path copied(Path replayed) throws IOException {
      Path file = Path.of(what);
      if (!Files.isRegularFile(file)) {
        throw new ParameterException(spec.commandLine(), "there is no file " + what);
      }
      return put(replayed, String.valueOf(file.getFileName()), Files.readAllBytes(file));
    }

    private Path mapped(Path replayed, LocalDate today) throws IOException {
      if (maps.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "--map HEADER:WAS=IS says how the records of a load are mended");
      }
      Quarantine quarantine = new Quarantine(folder.pool, Contracts.builtIn());
      Load load = QuarantineCommand.load(quarantine, folder.pool, Integer.parseInt(what));
      SourceTable table =
          quarantine
              .table(load, in)
              .orElseThrow(
                  () ->
                      PoolProblem.use(
                          "file-gone",
                          load.file(),
                          "the file of the load is not there any more, and its header with it",
                          "export the records, mend the spreadsheet and replay that"));
      List<List<String>> mended = new ArrayList<>();
      for (RefusedRecord record : quarantine.records(load, EVERYTHING)) {
        List<String> cells = new ArrayList<>(table.cells(record.text()));
        if (mend(cells, table.header())) {
          mended.add(cells);
        }
      }
      if (mended.isEmpty()) {
        throw PoolProblem.use(
            "nothing-mended",
            load.file(),
            "no refused record of load " + load.load() + " has such a cell",
            "./ganye pool quarantine show " + load.load() + " shows their cells");
      }
      return put(
          replayed,
          Quarantine.mendedName(load, today) + ".csv",
          Quarantine.mended(table.header(), mended));
    }

    /** Whether a cell of the record was one of those to be mended. */
    private boolean mend(List<String> cells, List<String> header) {
      boolean changed = false;
      for (String map : maps) {
        int colon = map.indexOf(':');
        int equals = map.indexOf('=', colon + 1);
        int at = colon < 0 ? -1 : header.indexOf(map.substring(0, colon));
        if (colon < 0 || equals < 0 || at < 0) {
          throw new ParameterException(
              spec.commandLine(),
              "--map " + map + ": write HEADER:WAS=IS, with one of the headers " + header);
        }
        if (at < cells.size() && cells.get(at).strip().equals(map.substring(colon + 1, equals))) {
          cells.set(at, map.substring(equals + 1));
          changed = true;
        }
      }
      return changed;
    }

    /**
     * Puts a file into the folder whole, under a name that nothing else has yet. If it lies there
     * already — this command was cut off before it built — it stays.
     */
    private static Path put(Path folder, String name, byte[] content) throws IOException {
      Path part = folder.resolve("." + name + ".part");
      Files.write(part, content);
      Path file = folder.resolve(name);
      for (char more = 'b'; Files.exists(file) && more <= 'z'; more++) {
        if (Files.mismatch(file, part) == -1) {
          Files.delete(part);
          return file;
        }
        int dot = name.lastIndexOf('.');
        file = folder.resolve(name.substring(0, dot) + "_" + more + name.substring(dot));
      }
      Durable.move(part, file);
      return file;
    }
  }
}
