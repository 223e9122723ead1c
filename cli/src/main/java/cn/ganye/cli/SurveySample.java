package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import cn.ganye.statistics.survey.LonelyPsu;
import cn.ganye.statistics.survey.SurveyDesign;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how a sample was drawn. */
final class SurveySample {
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

  @Option(
      names = "--lonely",
      paramLabel = "HOW",
      description = "For strata with one sampled cluster: adjust, certainty or average.")
  @Nullable String lonely;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /**
   * The rows of the sample.
   *
   * @throws PoolProblem if there are none
   */
  DataTable read() throws IOException {
    DataTable table = DataTable.read(data);
    if (table.size() == 0) {
      throw PoolProblem.use(
          "no-rows", data.toString(), "there are no rows", "give a sample with rows");
    }
    return table;
  }

  /** The design by which they were drawn. */
  SurveyDesign design(DataTable table) {
    return SurveyDesign.of(
        table.size(),
        strata == null ? null : table.complete(strata),
        clusters.stream().map(table::complete).toList(),
        weights == null ? null : weights(table, weights),
        fpc.stream().map(table::completeNumbers).toList(),
        lonelyPsu());
  }

  private static double[] weights(DataTable table, String column) {
    double[] weights = table.completeNumbers(column);
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
}
