package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import cn.ganye.statistics.survey.Adjustment;
import cn.ganye.statistics.survey.Calibration;
import cn.ganye.statistics.survey.PostStratification;
import cn.ganye.statistics.survey.Raking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what weights are adjusted to. */
final class SurveyTotals {
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

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /**
   * What weights are adjusted by; nothing if no totals are known.
   *
   * @throws PoolProblem if totals do not fit the rows
   */
  List<Adjustment> adjustments(DataTable table) throws IOException {
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
      return table.completeNumbers(variable);
    }
    for (String column : columns) {
      if (variable.startsWith(column)) {
        String category = variable.substring(column.length());
        String[] cells = table.complete(column);
        if (Arrays.asList(cells).contains(category)) {
          used.add(column);
          return Arrays.stream(cells).mapToDouble(cell -> cell.equals(category) ? 1 : 0).toArray();
        }
      }
    }
    throw PoolProblem.use(
        "variable-unknown",
        totals.getFirst().toString(),
        "'" + variable + "' is no variable of --calibrate " + String.join(",", columns),
        "name (Intercept), a column of numbers, or a text column followed by a category of it");
  }

  private ParameterException wrongUse(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
