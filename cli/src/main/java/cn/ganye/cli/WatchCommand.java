package cn.ganye.cli;

import cn.ganye.statistics.StatisticsProblem;
import cn.ganye.statistics.detection.Cusum;
import cn.ganye.statistics.detection.Detection;
import cn.ganye.statistics.detection.Ears;
import cn.ganye.statistics.detection.Farrington;
import cn.ganye.statistics.detection.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code ./ganye watch}: detects changes in series. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Detects changes in series.",
    subcommands = WatchCommand.Detect.class)
final class WatchCommand {
  /** Detects. */
  @Command(
      name = "detect",
      mixinStandardHelpOptions = true,
      description =
          "Say for each point of a series whether it is out of line with those before it.",
      footer = {
        "",
        "Prints date,value,statistic,threshold,alarm; empty where a method has nothing to say yet.",
        "An alarm never changes when later data come. A missing value is empty, NA or a dot.",
        "  level       the value itself, against --threshold",
        "  growth      per cent over --baseline periods (default 12), against --threshold",
        "  sahm        three-month mean less the lowest of the previous twelve months; 0.5 points",
        "  ears-c1     deviations from the mean of --baseline points (default 7) just before",
        "  ears-c2     the same, two points earlier; ears-c3 what exceeds it over three points",
        "  cusum       sum of what exceeds the mean of the first --baseline points (default 7)",
        "  farrington  exceedance of what a regression expects from --baseline years (default 5)",
        "The threshold of EARS, CUSUM and Farrington is the upper bound of the count itself.",
        "",
        "Example (u.csv: a rate of 4.0 per cent from 2019-01 to 2020-01, then 4.4 and 5.2):",
        "./ganye watch detect --data u.csv --date month --value rate --method sahm",
        "  2020-02,4.4,,,",
        "  2020-03,5.2,0.5333333333333341,0.5,true",
        "",
        "EARS, CUSUM and Farrington are those of R's surveillance, with its defaults."
      })
  static final class Detect implements Callable<Integer> {
    private static final int SHORT = 7;
    private static final int YEAR = 12;

    @Mixin SeriesOptions series = new SeriesOptions();

    @Option(
        names = "--method",
        required = true,
        paramLabel = "METHOD",
        description = "level, growth, sahm, ears-c1, ears-c2, ears-c3, cusum or farrington.")
    String method = "";

    @Option(
        names = "--baseline",
        paramLabel = "N",
        description = "What a point is compared with: points, or for farrington years.")
    @Nullable Integer baseline;

    @Option(
        names = "--alpha",
        paramLabel = "A",
        description =
            "Probability of a false alarm at one point (default: ears 0.001, c3 0.025; farrington 0.05).")
    @Nullable Double alpha;

    @Option(
        names = "--threshold",
        paramLabel = "T",
        description = "Of level and growth; of sahm 0.5 if not given.")
    @Nullable Double threshold;

    @Option(names = "--below", description = "Of level and growth: an alarm below, not above.")
    boolean below;

    @Option(
        names = "--reference",
        paramLabel = "K",
        defaultValue = "1.04",
        description = "Of cusum: what may be exceeded, in deviations (default ${DEFAULT-VALUE}).")
    double reference = Cusum.REFERENCE;

    @Option(
        names = "--decision",
        paramLabel = "H",
        defaultValue = "2.26",
        description = "Of cusum: the sum that is an alarm (default ${DEFAULT-VALUE}).")
    double decision = Cusum.DECISION;

    @Option(
        names = "--transform",
        paramLabel = "T",
        defaultValue = "standard",
        description = "Of cusum: standard, rossi, anscombe or none.")
    String transform = "standard";

    @Option(
        names = "--frequency",
        paramLabel = "N",
        description = "Of farrington: periods of a year (default: as the dates tell, else 52).")
    @Nullable Integer frequency;

    @Option(
        names = "--half-window",
        paramLabel = "W",
        defaultValue = "3",
        description =
            "Of farrington: periods on each side in earlier years (default ${DEFAULT-VALUE}).")
    int halfWindow = 3;

    @Option(
        names = "--periods",
        paramLabel = "N",
        defaultValue = "1",
        description =
            "Of farrington: levels of a seasonal factor (default ${DEFAULT-VALUE}: none).")
    int periods = 1;

    @Option(
        names = "--bound",
        paramLabel = "B",
        defaultValue = "delta",
        description = "Of farrington: delta, nbPlugin or muan (default ${DEFAULT-VALUE}).")
    String bound = "delta";

    @Option(
        names = "--power",
        paramLabel = "P",
        defaultValue = "2/3",
        description = "Of farrington with delta: 2/3, 1/2 or none (default ${DEFAULT-VALUE}).")
    String power = "2/3";

    @Option(names = "--no-trend", description = "Of farrington: never a trend.")
    boolean noTrend;

    @Option(names = "--no-reweight", description = "Of farrington: past outbreaks weigh in full.")
    boolean noReweight;

    @Option(
        names = "--weights-threshold",
        paramLabel = "X",
        defaultValue = "2.58",
        description = "Of farrington: residuals above it weigh less (default ${DEFAULT-VALUE}).")
    double weightsThreshold = 2.58;

    @Option(
        names = "--not-included",
        paramLabel = "N",
        description =
            "Of farrington: periods just before that are left out (default: as --half-window).")
    @Nullable Integer notIncluded;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      if (alpha != null && !(alpha > 0 && alpha < 1)) {
        throw wrongUse("--alpha is a probability, above 0 and below 1");
      }
      SeriesTable table = series.read();
      try {
        print(table, found(table));
      } catch (StatisticsProblem problem) {
        throw table.table().wrong(problem);
      }
      return 0;
    }

    private void print(SeriesTable table, Detection[] found) {
      List<String> lines = new ArrayList<>();
      for (int t = 0; t < found.length; t++) {
        lines.add(
            DataTable.line(
                List.of(
                    table.dates()[t],
                    DataTable.said(table.values()[t]),
                    DataTable.said(found[t].statistic()),
                    DataTable.said(found[t].threshold()),
                    found[t].defined() ? String.valueOf(found[t].alarm()) : "")));
      }
      PrintWriter out = spec.commandLine().getOut();
      out.print("date,value,statistic,threshold,alarm\n");
      lines.forEach(line -> out.print(line + "\n"));
      out.flush();
    }

    private ParameterException wrongUse(String what) {
      return new ParameterException(spec.commandLine(), what);
    }

    private Detection[] found(SeriesTable table) {
      double[] values = table.values();
      return switch (method) {
        case "level" -> Thresholds.level(values, needed(threshold), !below);
        case "growth" -> Thresholds.growth(values, points(YEAR), needed(threshold), !below);
        case "sahm" -> Thresholds.sahm(values, threshold == null ? Thresholds.SAHM : threshold);
        case "ears-c1" -> ears(Ears.Kind.C1, values);
        case "ears-c2" -> ears(Ears.Kind.C2, values);
        case "ears-c3" -> ears(Ears.Kind.C3, values);
        case "cusum" ->
            Cusum.detect(
                values,
                points(SHORT),
                reference,
                decision,
                Words.of(spec, "--transform", transform, Cusum.Transformation.values()));
        case "farrington" -> farrington(table).detect(values);
        default ->
            throw wrongUse(
                "--method is level, growth, sahm, ears-c1, ears-c2, ears-c3, cusum or farrington");
      };
    }

    private double needed(@Nullable Double given) {
      if (given == null) {
        throw wrongUse("--method " + method + " needs --threshold");
      }
      return given;
    }

    private int points(int usual) {
      int points = baseline == null ? usual : baseline;
      if (points < 1) {
        throw wrongUse("--baseline is a number of points, 1 at least");
      }
      return points;
    }

    private Detection[] ears(Ears.Kind kind, double[] values) {
      return Ears.detect(kind, values, points(SHORT), alpha == null ? Ears.alpha(kind) : alpha);
    }

    private Farrington farrington(SeriesTable table) {
      Farrington usual = Farrington.usual(52);
      return new Farrington(
          frequency == null ? table.frequency().orElse(52) : frequency,
          points(usual.years()),
          halfWindow,
          periods,
          !noReweight,
          weightsThreshold,
          alpha == null ? usual.alpha() : alpha,
          !noTrend,
          usual.trendProbability(),
          usual.leastCases(),
          usual.lastPeriods(),
          switch (power) {
            case "2/3" -> Farrington.Power.TWO_THIRDS;
            case "1/2" -> Farrington.Power.ONE_HALF;
            case "none" -> Farrington.Power.NONE;
            default -> throw wrongUse("--power is 2/3, 1/2 or none");
          },
          switch (bound) {
            case "delta" -> Farrington.Bound.DELTA;
            case "nbPlugin" -> Farrington.Bound.NB_PLUGIN;
            case "muan" -> Farrington.Bound.MUAN;
            default -> throw wrongUse("--bound is delta, nbPlugin or muan");
          },
          notIncluded == null ? halfWindow : notIncluded);
    }
  }
}
