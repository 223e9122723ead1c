package cn.ganye.cli;

import cn.ganye.pool.Flows;
import cn.ganye.reference.CsvText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ganye flows}: job and worker flows of anyone's wage records. */
@Command(
    name = "flows",
    mixinStandardHelpOptions = true,
    description =
        "Job and worker flows (LEHD QWI) of wage records, through the same steps as the marts.",
    footer = {
      "",
      "The file has the columns person,employer,quarter,wage; a quarter is written 2023Q2.",
      "Absence inside the file's span of quarters is zero; a measure that needs a quarter outside the span is empty.",
      "The employer 'all' is the sum of the employers' rows."
    })
final class FlowsCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "FILE.csv", description = "Wage records.")
  Path data = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    var rows = Flows.of(data);
    out.print("quarter,employer,M,B,E,F,A,H,R,S,JF\n");
    for (Flows.Row row : rows) {
      out.print(
          row.quarter()
              + ","
              + CsvText.cell(row.employer())
              + ","
              + String.join(",", row.measures())
              + "\n");
    }
    out.flush();
    return 0;
  }
}
