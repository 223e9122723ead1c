package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import cn.ganye.reference.CsvText;
import cn.ganye.reference.TableImport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ganye reference}: full tables of industries and occupations. */
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    description = "Reference tables.",
    subcommands = ReferenceCommand.Import.class)
final class ReferenceCommand {
  /** Brings in a full table. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description =
          "Bring in the full table of industries (GB/T 4754) or occupations (职业分类大典) and compare it with the official counts.",
      footer = {
        "",
        "A CSV in UTF-8 with at least the columns code,name. A shortfall marks the table incomplete; it is used all the same."
      })
  static final class Import implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The table.")
    Path file = Path.of("");

    @Option(
        names = "--to",
        paramLabel = "DIR",
        defaultValue = "var/reference",
        description = "Where it is kept (default ${DEFAULT-VALUE}).")
    Path to = Path.of("var/reference");

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      if (!Files.isRegularFile(file)) {
        throw PoolProblem.use(
            "file-missing",
            file.toString(),
            "there is no such file",
            "give a CSV file with the columns code,name");
      }
      TableImport table;
      try (var reader = Files.newBufferedReader(file)) {
        table = TableImport.read(reader);
      } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
        throw PoolProblem.use(
            "table-unreadable",
            file.toString(),
            String.valueOf(e.getMessage()),
            "save it as CSV in UTF-8 with the columns code,name");
      }
      Files.createDirectories(to);
      Path target = to.resolve(table.kind() + ".csv");
      Path part = to.resolve(table.kind() + ".csv.part");
      try (BufferedWriter out = Files.newBufferedWriter(part)) {
        out.write("# " + (table.complete() ? "complete" : "incomplete") + "\ncode,name\n");
        for (Map.Entry<String, String> row : table.rows().entrySet()) {
          out.write(CsvText.cell(row.getKey()) + "," + CsvText.cell(row.getValue()) + "\n");
        }
      }
      Files.move(
          part,
          target,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      PrintWriter out = spec.commandLine().getOut();
      Table shown = new Table().row("level", "found", "official", "missing");
      for (TableImport.LevelCount level : table.levels()) {
        shown.row(
            level.level(),
            Integer.toString(level.found()),
            Integer.toString(level.official()),
            Integer.toString(Math.max(0, level.official() - level.found())));
      }
      out.print(shown.text());
      out.println(
          table.kind()
              + ": "
              + (table.complete() ? "complete" : "incomplete")
              + ", kept in "
              + target);
      return 0;
    }
  }
}
