package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import cn.ganye.reference.CoordinateSystem;
import cn.ganye.reference.CsvText;
import cn.ganye.reference.Outlines;
import cn.ganye.reference.TableImport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ganye reference}: full tables of industries and occupations, outlines of counties. */
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    description = "Reference tables.",
    subcommands = ReferenceCommand.Import.class)
final class ReferenceCommand {
  private static final String HOME = "36";

  /** Brings in a full table, or outlines. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description =
          "Bring in the full table of industries (GB/T 4754) or occupations (职业分类大典), or the outlines of counties, and compare it with the official counts.",
      footer = {
        "",
        "A CSV in UTF-8 with at least the columns code,name; or a GeoJSON of polygons with the code of each region (code, adcode or gb).",
        "A shortfall marks the table incomplete; it is used all the same. Outlines are kept in CGCS2000; what is in GCJ-02 is converted."
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

    @Option(
        names = "--crs",
        paramLabel = "SYSTEM",
        description = "Of outlines: EPSG:4490, EPSG:4326 or GCJ-02 (default: as the file says).")
    String system = "";

    @Option(names = "--source", paramLabel = "TEXT", description = "Of outlines: who made them.")
    @Nullable String source;

    @Option(
        names = "--approval",
        paramLabel = "NUMBER",
        description = "Of outlines: the number under which the map was approved (审图号).")
    @Nullable String approval;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      if (!Files.isRegularFile(file)) {
        throw PoolProblem.use(
            "file-missing",
            file.toString(),
            "there is no such file",
            "give a CSV file with the columns code,name, or a GeoJSON file of outlines");
      }
      String name = file.toString().toLowerCase(Locale.ROOT);
      Files.createDirectories(to);
      return name.endsWith(".geojson") || name.endsWith(".json") ? outlines() : table();
    }

    private int outlines() throws IOException {
      if (!system.isEmpty() && CoordinateSystem.of(system).isEmpty()) {
        throw PoolProblem.use(
            "crs-unknown",
            system,
            "is no coordinate system that is known here",
            "give EPSG:4490 (CGCS2000), EPSG:4326 (WGS 84) or GCJ-02");
      }
      Outlines outlines;
      try (InputStream in = Files.newInputStream(file)) {
        outlines = Outlines.read(in, CoordinateSystem.of(system).orElse(null), source, approval);
      } catch (IllegalArgumentException e) {
        throw PoolProblem.use(
            "outlines-unreadable",
            file.toString(),
            String.valueOf(e.getMessage()),
            "give a GeoJSON of polygons in degrees with the code of each region, and --crs if the file does not say its system");
      }
      if (outlines.codes().isEmpty()) {
        throw PoolProblem.use(
            "outlines-unreadable",
            file.toString(),
            "no polygon has the code of a region",
            "give each polygon its code in the property code, adcode or gb");
      }
      Path target = keep("outlines.geojson", outlines.geoJson());
      List<String> missing = outlines.missing(HOME);
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "outlines: "
              + outlines.codes().size()
              + " regions, read from "
              + outlines.origin().system().word()
              + (missing.isEmpty()
                  ? ", complete"
                  : ", incomplete: no outline of " + String.join(", ", missing))
              + (outlines.origin().approval() == null ? ", no number of approval" : "")
              + ", kept in "
              + target);
      return 0;
    }

    private int table() throws IOException {
      TableImport table;
      try (var reader = Files.newBufferedReader(file)) {
        table = TableImport.read(reader);
      } catch (IllegalArgumentException e) {
        throw unreadable(String.valueOf(e.getMessage()));
      } catch (CharacterCodingException e) {
        throw unreadable("it is not UTF-8");
      }
      StringBuilder text =
          new StringBuilder(
              "# " + (table.complete() ? "complete" : "incomplete") + "\ncode,name\n");
      for (Map.Entry<String, String> row : table.rows().entrySet()) {
        text.append(CsvText.cell(row.getKey())).append(',').append(CsvText.cell(row.getValue()));
        text.append('\n');
      }
      Path target = keep(table.kind() + ".csv", text.toString());
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

    private PoolProblem unreadable(String why) {
      return PoolProblem.use(
          "table-unreadable",
          file.toString(),
          why,
          "save it as CSV in UTF-8 with the columns code,name");
    }

    private Path keep(String name, String text) throws IOException {
      Path target = to.resolve(name);
      Path part = to.resolve(name + ".part");
      Files.writeString(part, text);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return target;
    }
  }
}
