package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import cn.ganye.statistics.StatisticsProblem;
import cn.ganye.statistics.season.Adjusted;
import cn.ganye.statistics.season.Revisions;
import cn.ganye.statistics.season.SeasonalAdjustment;
import cn.ganye.statistics.season.SeasonalAdjustment.Festival;
import cn.ganye.statistics.season.SeasonalAdjustment.Method;
import cn.ganye.statistics.season.SeasonalAdjustment.Specification;
import cn.ganye.statistics.season.SpringFestival;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ganye season}: adjusts series for the season. */
@Command(
    name = "season",
    mixinStandardHelpOptions = true,
    description = "Adjusts series for the season.",
    subcommands = SeasonCommand.Adjust.class)
final class SeasonCommand {
  /** Adjusts. */
  @Command(
      name = "adjust",
      mixinStandardHelpOptions = true,
      description = "Take a monthly or quarterly series apart (JDemetra+).",
      footer = {
        "",
        "Prints date,original,sa,trend,seasonal,irregular. Parts are multiplied, or added where the",
        "model says so; --diagnostics tells on standard error. The seasonal part has the Spring",
        "Festival in it, which is a regressor of monthly series if it is significant: how much of the",
        "days around it lies in each month. A missing value is empty, NA or a dot; its adjusted",
        "value is what the model expects.",
        "",
        "Example (the air passengers of Box and Jenkins, 1949 to 1960, as a.csv: month,value):",
        "./ganye season adjust --data a.csv --date month --value value --spec rsa1",
        "  date,original,sa,trend,seasonal,irregular",
        "  1949-01,112.0,124.54666782770063,124.42088820321442,0.8992613126747169,1.0010109204837117"
      })
  static final class Adjust implements Callable<Integer> {
    @Mixin SeriesOptions series = new SeriesOptions();

    @Option(
        names = "--method",
        paramLabel = "M",
        defaultValue = "x13",
        description = "x13 or tramoseats (default ${DEFAULT-VALUE}).")
    String method = "x13";

    @Option(
        names = "--spec",
        paramLabel = "S",
        defaultValue = "rsa3",
        description =
            "x11 (no model), rsa0 (airline model), rsa1 (and log, outliers), rsa3 (automatic model); rsa2, rsa4, rsa5 with working or trading days and Easter (default ${DEFAULT-VALUE}).")
    String specification = "rsa3";

    @Option(
        names = "--festival",
        paramLabel = "HOW",
        defaultValue = "auto",
        description = "Spring Festival: auto, always or never (default ${DEFAULT-VALUE}).")
    String festival = "auto";

    @Option(
        names = "--window",
        paramLabel = "B,A",
        split = ",",
        hideParamSyntax = true,
        description = "Days before its first day, and from it on (default 7,7).")
    List<Integer> window = List.of(7, 7);

    @Option(
        names = "--diagnostics",
        description = "Tell the model and its quality on standard error.")
    boolean diagnostics;

    @Option(
        names = "--revisions",
        paramLabel = "N",
        description =
            "Instead: the last N periods as they would have been adjusted when each was the last.")
    @Nullable Integer revisions;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      if (window.size() != 2
          || window.get(0) < 0
          || window.get(1) < 0
          || window.get(0) + window.get(1) < 1) {
        throw wrongUse("--window is two numbers of days, B,A, at least one in all");
      }
      SeasonalAdjustment adjustment =
          new SeasonalAdjustment(
              Words.of(spec, "--method", method, Method.values()),
              Words.of(spec, "--spec", specification, Specification.values()),
              Words.of(spec, "--festival", festival, Festival.values()),
              new SpringFestival(window.get(0), window.get(1)));
      SeriesTable table = series.read();
      YearMonth start =
          table
              .start()
              .orElseThrow(
                  () ->
                      PoolProblem.use(
                          "frequency-unknown",
                          series.data.toString(),
                          "the dates are neither months nor quarters",
                          "write them as 2024-01 or 2024Q1"));
      List<String> lines;
      try {
        lines = lines(table, adjustment, start);
      } catch (StatisticsProblem problem) {
        throw table.table().wrong(problem);
      }
      PrintWriter out = spec.commandLine().getOut();
      lines.forEach(line -> out.print(line + "\n"));
      out.flush();
      return 0;
    }

    private List<String> lines(SeriesTable table, SeasonalAdjustment adjustment, YearMonth start) {
      int frequency = table.frequency().orElse(12);
      Integer back = revisions;
      return back == null
          ? parts(table, adjustment.adjust(start, frequency, table.values()))
          : revisions(table, Revisions.of(adjustment, start, frequency, table.values(), back));
    }

    private ParameterException wrongUse(String what) {
      return new ParameterException(spec.commandLine(), what);
    }

    private List<String> parts(SeriesTable series, Adjusted adjusted) {
      if (diagnostics) {
        tell(adjusted);
      }
      List<String> lines = new ArrayList<>(List.of("date,original,sa,trend,seasonal,irregular"));
      for (int t = 0; t < series.dates().length; t++) {
        lines.add(
            DataTable.line(
                List.of(
                    series.dates()[t],
                    DataTable.said(adjusted.original()[t]),
                    DataTable.said(adjusted.adjusted()[t]),
                    DataTable.said(adjusted.trend()[t]),
                    DataTable.said(adjusted.seasonal()[t]),
                    DataTable.said(adjusted.irregular()[t]))));
      }
      return lines;
    }

    private void tell(Adjusted adjusted) {
      Adjusted.Diagnostics d = adjusted.diagnostics();
      PrintWriter err = spec.commandLine().getErr();
      err.println("parts: " + (adjusted.multiplicative() ? "multiplied" : "added"));
      if (!d.model().isEmpty()) {
        err.println("model: " + d.model() + " coefficients " + d.coefficients());
        err.println(
            "outliers: " + (d.outliers().isEmpty() ? "none" : String.join(", ", d.outliers())));
        err.println("residuals independent (Ljung-Box): p = " + DataTable.said(d.ljungBox()));
      }
      if (!Double.isNaN(d.festivalT())) {
        err.println(
            "Spring Festival: t = "
                + DataTable.said(d.festivalT())
                + (Double.isNaN(d.festival())
                    ? ", not significant: left out"
                    : ", effect " + DataTable.said(d.festival())));
      }
      err.println("no season left (QS): p = " + DataTable.said(d.residualSeasonality()));
      if (!Double.isNaN(d.q())) {
        err.println(
            "Q of X-11: "
                + DataTable.said(d.q())
                + (d.q() < 1 ? " (good below 1)" : " (1 and above: bad)"));
      }
      err.flush();
    }

    private static List<String> revisions(SeriesTable series, List<Revisions.Revision> revised) {
      List<String> lines = new ArrayList<>(List.of("date,first,last,revision_percent"));
      for (Revisions.Revision one : revised) {
        lines.add(
            DataTable.line(
                List.of(
                    series.dates()[one.at()],
                    DataTable.said(one.first()),
                    DataTable.said(one.last()),
                    DataTable.said(100 * (one.last() / one.first() - 1)))));
      }
      return lines;
    }
  }
}
