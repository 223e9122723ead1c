package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import cn.ganye.statistics.survey.Adjustment;
import cn.ganye.statistics.survey.Calibration;
import cn.ganye.statistics.survey.Estimate;
import cn.ganye.statistics.survey.Estimator;
import cn.ganye.statistics.survey.LonelyPsu;
import cn.ganye.statistics.survey.PostStratification;
import cn.ganye.statistics.survey.Raking;
import cn.ganye.statistics.survey.Replicates;
import cn.ganye.statistics.survey.Statistic;
import cn.ganye.statistics.survey.SurveyDesign;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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

  /** What weights are adjusted to. */
  static final class Known {
    @Option(names = "--poststrata", paramLabel = "C", description = "Groups of known size.")
    @Nullable String poststrata;

    @Option(
        names = "--rake",
        paramLabel = "C1,C2",
        split = ",",
        hideParamSyntax = true,
        description = "Margins of known sizes, met in turn until all are.")
    List<String> rake = List.of();

    @Option(
        names = "--calibrate",
        paramLabel = "C[,C2]",
        split = ",",
        hideParamSyntax = true,
        description = "Variables whose totals are known.")
    List<String> calibrate = List.of();
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

    @Option(names = "--data", required = true, paramLabel = "F.csv", description = "The sample.")
    Path data = Path.of("");

    @Option(names = "--strata", paramLabel = "C", description = "Column of the strata.")
    @Nullable String strata;

    @Option(
        names = "--cluster",
        paramLabel = "C[,C2]",
        split = ",",
        hideParamSyntax = true,
        description = "Columns of the clusters, a stage each (default: rows were sampled).")
    List<String> clusters = List.of();

    @Option(
        names = "--weights",
        paramLabel = "C",
        description = "Column of the weights (default: they follow from --fpc).")
    @Nullable String weights;

    @Option(
        names = "--fpc",
        paramLabel = "C[,C2]",
        split = ",",
        hideParamSyntax = true,
        description =
            "Columns of the population's clusters in the stratum, a stage each: above 1 their number, up to 1 the part sampled.")
    List<String> fpc = List.of();

    @ArgGroup(exclusive = true, multiplicity = "1")
    Asked asked = new Asked();

    @Option(names = "--by", paramLabel = "C", description = "A row for each value of a column.")
    @Nullable String by;

    @Option(
        names = "--where",
        paramLabel = "\"C>4\"",
        description = "Only of rows that fulfil it: a domain, not a smaller sample.")
    @Nullable String where;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    @Nullable Known known;

    @Option(
        names = "--totals",
        paramLabel = "T.csv[,T2.csv]",
        split = ",",
        hideParamSyntax = true,
        description = "Totals of the population, a file for each margin.")
    List<Path> totals = List.of();

    @Option(
        names = "--bounds",
        paramLabel = "L,U",
        split = ",",
        hideParamSyntax = true,
        arity = "1",
        description = "Least and most of a new weight over the old one, with --calibrate.")
    List<Double> bounds = List.of();

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
        names = "--lonely",
        paramLabel = "HOW",
        description = "For strata with one sampled cluster: adjust, certainty or average.")
    @Nullable String lonely;

    @Option(
        names = "--deff",
        description = "A column more: variance against that of a simple random sample.")
    boolean deff;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      LonelyPsu how = lonelyPsu();
      DataTable table = DataTable.read(data);
      if (table.size() == 0) {
        throw PoolProblem.use(
            "no-rows", data.toString(), "there are no rows", "give a sample with rows");
      }
      SurveyDesign design = design(table, how);
      Estimator estimator = new Estimator(design, adjustments(table));
      Replicates made = replicates(design);
      Map<String, boolean[]> domains = domains(table);
      List<String> lines = new ArrayList<>();
      for (Map.Entry<String, boolean[]> domain : domains.entrySet()) {
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
      return 0;
    }

    private ParameterException wrongUse(String what) {
      return new ParameterException(spec.commandLine(), what);
    }

    private LonelyPsu lonelyPsu() {
      if (lonely == null) {
        return LonelyPsu.FAIL;
      }
      return Words.of(
          spec,
          "--lonely",
          lonely,
          new LonelyPsu[] {LonelyPsu.ADJUST, LonelyPsu.CERTAINTY, LonelyPsu.AVERAGE});
    }

    private SurveyDesign design(DataTable table, LonelyPsu how) {
      return SurveyDesign.of(
          table.size(),
          strata == null ? null : table.complete(strata),
          clusters.stream().map(table::complete).toList(),
          weights == null ? null : weights(table, weights),
          fpc.stream().map(column -> complete(table, column)).toList(),
          how);
    }

    private static double[] weights(DataTable table, String column) {
      double[] weights = complete(table, column);
      for (int i = 0; i < weights.length; i++) {
        if (weights[i] < 0) {
          throw table.wrong(
              table.line(i),
              "column '" + column + "': the weight " + weights[i] + " is negative",
              "a weight is how many of the population a row stands for");
        }
      }
      return weights;
    }

    private static double[] complete(DataTable table, String column) {
      table.complete(column);
      return table.numbers(column);
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

    private List<Adjustment> adjustments(DataTable table) throws IOException {
      Known to = known;
      int files = to == null ? 0 : to.rake.isEmpty() ? 1 : to.rake.size();
      if (totals.size() != files) {
        throw wrongUse(
            files == 0
                ? "--totals goes with --poststrata, --rake or --calibrate"
                : "--totals needs " + files + " file(s), one for each margin, joined by commas");
      }
      if (!bounds.isEmpty() && (to == null || to.calibrate.isEmpty())) {
        throw wrongUse("--bounds goes with --calibrate");
      }
      if (!bounds.isEmpty() && bounds.size() != 2) {
        throw wrongUse("--bounds are two numbers, L,U");
      }
      if (to == null) {
        return List.of();
      }
      if (to.poststrata != null) {
        return List.of(
            PostStratification.to(
                to.poststrata,
                table.complete(to.poststrata),
                DataTable.read(totals.getFirst()).totals("category")));
      }
      if (!to.rake.isEmpty()) {
        List<Map<String, Double>> margins = new ArrayList<>();
        for (Path file : totals) {
          margins.add(DataTable.read(file).totals("category"));
        }
        return List.of(Raking.to(to.rake, to.rake.stream().map(table::complete).toList(), margins));
      }
      return List.of(calibration(table, to.calibrate));
    }

    private Calibration calibration(DataTable table, List<String> columns) throws IOException {
      Map<String, Double> known = DataTable.read(totals.getFirst()).totals("variable");
      List<double[]> values = new ArrayList<>();
      Set<String> used = new TreeSet<>();
      for (String variable : known.keySet()) {
        values.add(variable(table, columns, variable, used));
      }
      for (String column : columns) {
        if (!used.contains(column)) {
          throw PoolProblem.use(
              "total-missing",
              totals.getFirst().toString(),
              "there is no total of '" + column + "'",
              "add a row with its name, or with its name and category if it is text");
        }
      }
      double[] sums = known.values().stream().mapToDouble(Double::doubleValue).toArray();
      List<String> names = List.copyOf(known.keySet());
      double[][] matrix = values.toArray(double[][]::new);
      return bounds.isEmpty()
          ? Calibration.linear(names, matrix, sums)
          : Calibration.bounded(names, matrix, sums, bounds.get(0), bounds.get(1));
    }

    /** The column of a variable: ones, numbers, or whether a text column has a category. */
    private double[] variable(
        DataTable table, List<String> columns, String variable, Set<String> used) {
      if (variable.equals("(Intercept)")) {
        double[] ones = new double[table.size()];
        Arrays.fill(ones, 1);
        return ones;
      }
      if (columns.contains(variable)) {
        used.add(variable);
        return complete(table, variable);
      }
      for (String column : columns) {
        if (variable.startsWith(column)) {
          String category = variable.substring(column.length());
          String[] cells = table.complete(column);
          if (Arrays.asList(cells).contains(category)) {
            used.add(column);
            return Arrays.stream(cells)
                .mapToDouble(cell -> cell.equals(category) ? 1 : 0)
                .toArray();
          }
        }
      }
      throw PoolProblem.use(
          "variable-unknown",
          totals.getFirst().toString(),
          "'" + variable + "' is no variable of --calibrate " + String.join(",", columns),
          "name (Intercept), a column of numbers, or a text column followed by a category of it");
    }

    private Map<String, boolean[]> domains(DataTable table) {
      boolean[] within = within(table);
      Map<String, boolean[]> domains = new LinkedHashMap<>();
      if (by == null) {
        domains.put("", within);
        return domains;
      }
      String[] values = table.text(by);
      boolean numbers =
          Arrays.stream(values)
              .filter(value -> !DataTable.isMissing(value))
              .noneMatch(value -> Double.isNaN(DataTable.number(value)));
      Comparator<String> order =
          numbers
              ? Comparator.comparingDouble(DataTable::number).thenComparing(value -> value)
              : Comparator.naturalOrder();
      Set<String> levels = new TreeSet<>(order);
      for (int i = 0; i < values.length; i++) {
        if (within[i] && !DataTable.isMissing(values[i])) {
          levels.add(values[i]);
        }
      }
      for (String level : levels) {
        boolean[] domain = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
          domain[i] = within[i] && values[i].equals(level);
        }
        domains.put(level, domain);
      }
      return domains;
    }

    private boolean[] within(DataTable table) {
      boolean[] within = new boolean[table.size()];
      Arrays.fill(within, true);
      String asks = where;
      if (asks != null) {
        within = RowCondition.parse(asks, this::wrongUse).rows(table);
        boolean any = false;
        for (boolean one : within) {
          any |= one;
        }
        if (!any) {
          throw PoolProblem.use(
              "domain-empty",
              data.toString(),
              "no row fulfils " + asks,
              "a domain without a sample has no estimate: ask a wider one");
        }
      }
      return within;
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
