package cn.ganye.cli;

import cn.ganye.pool.Lineage;
import cn.ganye.pool.Pool;
import cn.ganye.pool.snapshot.Manifest;
import java.io.PrintWriter;
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

/** {@code ./ganye pool lineage}: where a figure comes from. */
@Command(
    name = "lineage",
    mixinStandardHelpOptions = true,
    description = "Say by which steps and from which loads and files a mart or a cell of it comes.",
    footer = {
      "",
      "Of a cell: loads with standing records about the people or enterprises that it counts; of",
      "datasets by month those of its months. For example",
      "  ./ganye pool lineage stock --cell month=202512,region_by=work,region=360121,status=EMPLOYED",
      "Columns that are left out may have any value. That a file has come and does not name somebody",
      "can decide too: such a file is not listed."
    })
final class LineageCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MART", description = "A mart, as docs/data-dictionary.md lists them.")
  String mart = "";

  @Option(
      names = "--cell",
      paramLabel = "COLUMN=VALUE",
      split = ",",
      description = "Only of rows with this value; may be given often, or with commas between.")
  List<String> cell = List.of();

  @Option(
      names = "--snapshot",
      paramLabel = "ID",
      description = "Of a snapshot that is kept, by its id or the beginning of it.")
  @Nullable String snapshot;

  @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

  @Mixin Documents documents = new Documents();

  @Option(names = "--json", description = "Print as JSON.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Pool pool = Pool.at(folder.pool);
    Manifest manifest = snapshot == null ? pool.current() : pool.snapshot(snapshot);
    Lineage.Report report =
        new Lineage(folder.pool, manifest, documents.steps(), documents.contracts())
            .of(mart, values());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(said(report, manifest)));
    } else {
      print(report, manifest, out);
    }
    out.flush();
    return 0;
  }

  private Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : cell) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new ParameterException(
            spec.commandLine(), "--cell " + part + ": write COLUMN=VALUE, as month=202512");
      }
      values.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
    }
    return values;
  }

  private static Map<String, Object> said(Lineage.Report report, Manifest manifest) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("snapshot", manifest.snapshot());
    said.put("mart", report.mart());
    said.put("cell", report.cell());
    said.put("rows", report.rows());
    said.put("people", report.people());
    said.put("enterprises", report.enterprises());
    said.put("steps", report.steps());
    said.put("datasets", report.datasets());
    said.put(
        "loads",
        report.loads().stream()
            .map(
                behind -> {
                  Map<String, Object> line = new LinkedHashMap<>();
                  line.put("load", behind.load().load());
                  line.put("file", behind.load().file());
                  line.put("sha256", behind.load().sha256());
                  line.put("dataset", behind.load().dataset());
                  line.put("region", behind.load().region());
                  line.put("period", behind.load().period());
                  line.put("known_from", behind.load().knownFrom());
                  line.put("records", behind.records());
                  return line;
                })
            .toList());
    return said;
  }

  private static void print(Lineage.Report report, Manifest manifest, PrintWriter out) {
    out.println("Snapshot " + manifest.snapshot());
    out.println(
        report.mart()
            + (report.cell().isEmpty() ? "" : " " + report.cell())
            + ": "
            + Progress.grouped(report.rows())
            + " rows"
            + (report.people() > 0 ? ", " + Progress.grouped(report.people()) + " people" : "")
            + (report.enterprises() > 0
                ? ", " + Progress.grouped(report.enterprises()) + " enterprises"
                : ""));
    out.println();
    Table steps = new Table().row("step", "question");
    report.steps().forEach(step -> steps.row(step.step(), step.question()));
    out.print(steps.text());
    out.println();
    Table loads = new Table().row("load", "dataset", "records", "file");
    report
        .loads()
        .forEach(
            behind ->
                loads.row(
                    Integer.toString(behind.load().load()),
                    behind.load().dataset(),
                    Progress.grouped(behind.records()),
                    behind.load().file()));
    out.print(loads.text());
  }
}
