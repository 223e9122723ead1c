package cn.ganye.cli;

import cn.ganye.statistics.StatisticsProblem;
import cn.ganye.statistics.survey.Estimate;
import cn.ganye.statistics.survey.Estimator;
import cn.ganye.statistics.survey.Replicates;
import cn.ganye.statistics.survey.Statistic;
import cn.ganye.statistics.survey.SurveyDesign;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ganye survey}: estimates from samples of complex design. */
@Command(
    name = "survey",
    mixinStandardHelpOptions = true,
    description = "Estimates from samples of complex design.",
    subcommands = SurveyCommand.EstimateCommand.class)
final class SurveyCommand {
  /** What is asked for. */
  static final class Asked {
    @Option(
        names = "--mean",
        paramLabel = "C",
        description = "Mean of a column; of 0 and 1, a part.")
    @Nullable String mean;

    @Option(names = "--total", paramLabel = "C", description = "Total of a column.")
    @Nullable String total;

    @Option(
        names = "--ratio",
        paramLabel = "A/B",
        description = "Total of one over that of another.")
    @Nullable String ratio;
  }

  /** Estimates. */
  @Command(
      name = "estimate",
      mixinStandardHelpOptions = true,
      description =
          "Means, totals and ratios with their standard errors, as the design gives them.",
      footer = {
        "",
        "Prints statistic,domain,estimate,se,lower,upper,n: the interval of 95 %% by Student's t on",
        "clusters less strata. Missing cells are empty, NA or a dot; such rows, and those outside a",
        "domain, stay in the design and add nothing. Clusters are nested in strata. Of several",
        "stages those count whose --fpc is given, and the first. --totals have category,total; with",
        "--calibrate variable,total, where (Intercept) is the size of the population and a text",
        "column C has rows named as C followed by the category.",
        "",
        "Example, a school survey (s.csv: school,region,weight,score):",
        "  region,school,weight,score",
        "  north,a,10,61",
        "  north,b,10,67",
        "  south,c,20,70",
        "  south,d,20,58",
        "./ganye survey estimate --data s.csv --strata region --cluster school --weights weight --mean score",
        "  statistic,domain,estimate,se,lower,upper,n",
        "  mean(score),,64.0,4.123105625617661,46.25970832489081,81.74029167510919,4",
        "",
        "Results are those of R's survey package; statistics/README.md says which method is for what."
      })
  static final class EstimateCommand implements Callable<Integer> {
    private static final double CONFIDENCE = 0.95;

    @Mixin SurveySample sample = new SurveySample();

    @Mixin SurveyDomains domains = new SurveyDomains();

    @Mixin SurveyTotals totals = new SurveyTotals();

    @ArgGroup(exclusive = true, multiplicity = "1")
    Asked asked = new Asked();

    @Option(
        names = "--replicates",
        paramLabel = "KIND",
        description = "Variance by replicates instead: jk1, jkn or bootstrap.")
    @Nullable String replicates;

    @Option(
        names = "--count",
        paramLabel = "N",
        defaultValue = "1000",
        description = "Replicates of the bootstrap (default ${DEFAULT-VALUE}).")
    int count = 1000;

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "Of the bootstrap's draw (default ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
        names = "--deff",
        description = "A column more: variance against that of a simple random sample.")
    boolean deff;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      DataTable table = sample.read();
      try {
        print(table);
      } catch (StatisticsProblem problem) {
        throw table.wrong(problem);
      }
      return 0;
    }

    private void print(DataTable table) throws IOException {
      SurveyDesign design = sample.design(table);
      Estimator estimator = new Estimator(design, totals.adjustments(table));
      Replicates made = replicates(design);
      List<String> lines = new ArrayList<>();
      for (Map.Entry<String, boolean[]> domain : domains.of(table).entrySet()) {
        Statistic statistic = statistic(table, domain.getValue());
        Estimate estimate =
            made == null ? estimator.estimate(statistic) : estimator.estimate(statistic, made);
        double reach = estimate.reach(CONFIDENCE);
        List<String> cells =
            new ArrayList<>(
                List.of(
                    title(),
                    domain.getKey(),
                    DataTable.said(estimate.value()),
                    DataTable.said(estimate.standardError()),
                    DataTable.said(estimate.value() - reach),
                    DataTable.said(estimate.value() + reach),
                    String.valueOf(estimate.rows())));
        if (deff) {
          cells.add(DataTable.said(estimate.designEffect()));
        }
        lines.add(DataTable.line(cells));
      }
      PrintWriter out = spec.commandLine().getOut();
      out.print("statistic,domain,estimate,se,lower,upper,n" + (deff ? ",deff\n" : "\n"));
      lines.forEach(line -> out.print(line + "\n"));
      out.flush();
    }

    private ParameterException wrongUse(String what) {
      return new ParameterException(spec.commandLine(), what);
    }

    private @Nullable Replicates replicates(SurveyDesign design) {
      if (count < 2) {
        throw wrongUse("--count is 2 at least");
      }
      return switch (replicates) {
        case null -> null;
        case "jk1" -> Replicates.jk1(design);
        case "jkn" -> Replicates.jkn(design);
        case "bootstrap" -> Replicates.bootstrap(design, count, seed);
        default -> throw wrongUse("--replicates is jk1, jkn or bootstrap");
      };
    }

    private String title() {
      return asked.mean != null
          ? "mean(" + asked.mean + ")"
          : asked.total != null ? "total(" + asked.total + ")" : "ratio(" + asked.ratio + ")";
    }

    private Statistic statistic(DataTable table, boolean[] domain) {
      if (asked.mean != null) {
        return Statistic.mean(table.numbers(asked.mean), domain);
      }
      if (asked.total != null) {
        return Statistic.total(table.numbers(asked.total), domain);
      }
      String[] parts = String.valueOf(asked.ratio).split("/", -1);
      if (parts.length != 2) {
        throw wrongUse("--ratio is two columns, A/B");
      }
      return Statistic.ratio(
          table.numbers(parts[0].strip()), table.numbers(parts[1].strip()), domain);
    }
  }
}
