package cn.ganye.statistics.season;

import cn.ganye.statistics.StatisticsProblem;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import jdplus.sa.base.api.ComponentType;
import jdplus.sa.base.api.DecompositionMode;
import jdplus.sa.base.api.SaVariable;
import jdplus.sa.base.api.SeriesDecomposition;
import jdplus.sa.base.core.tests.Qs;
import jdplus.toolkit.base.api.arima.SarimaOrders;
import jdplus.toolkit.base.api.modelling.ComponentInformation;
import jdplus.toolkit.base.api.processing.ProcessingLog;
import jdplus.toolkit.base.api.stats.StatisticalTest;
import jdplus.toolkit.base.api.timeseries.StaticTsDataSupplier;
import jdplus.toolkit.base.api.timeseries.TsData;
import jdplus.toolkit.base.api.timeseries.TsPeriod;
import jdplus.toolkit.base.api.timeseries.regression.IOutlier;
import jdplus.toolkit.base.api.timeseries.regression.ModellingContext;
import jdplus.toolkit.base.api.timeseries.regression.RegressionItem;
import jdplus.toolkit.base.api.timeseries.regression.TsContextVariable;
import jdplus.toolkit.base.api.timeseries.regression.TsDataSuppliers;
import jdplus.toolkit.base.api.timeseries.regression.Variable;
import jdplus.toolkit.base.core.regsarima.regular.RegSarimaModel;
import jdplus.toolkit.base.core.sarima.SarimaModel;
import jdplus.toolkit.base.core.stats.tests.LjungBox;
import jdplus.tramoseats.base.api.tramo.TramoSpec;
import jdplus.tramoseats.base.api.tramoseats.TramoSeatsSpec;
import jdplus.tramoseats.base.core.tramoseats.TramoSeatsKernel;
import jdplus.tramoseats.base.core.tramoseats.TramoSeatsResults;
import jdplus.x13.base.api.regarima.RegArimaSpec;
import jdplus.x13.base.api.x13.X13Spec;
import jdplus.x13.base.core.x13.X13Finals;
import jdplus.x13.base.core.x13.X13Kernel;
import jdplus.x13.base.core.x13.X13Results;
import org.jspecify.annotations.Nullable;

/**
 * Adjusts series for the season: X-13 (Findley et al., JBES 16 (1998); X-11 of Ladiray and
 * Quenneville 2001) or TRAMO-SEATS (Gómez and Maravall 1996), as JDemetra+ 3 computes them.
 */
public final class SeasonalAdjustment {
  /** How the seasonal part is found. */
  public enum Method {
    X13,
    TRAMOSEATS
  }

  /** How much is decided by the data; the names are JDemetra+'s. */
  public enum Specification {
    /** X-11 alone, multiplicative, without a model. */
    X11,
    /** The airline model, level. */
    RSA0,
    /** The airline model, log or level, outliers. */
    RSA1,
    /** The same with working days and Easter. */
    RSA2,
    /** An automatic model, log or level, outliers. */
    RSA3,
    /** The same with working days and Easter. */
    RSA4,
    /** The same with trading days and Easter. */
    RSA5
  }

  /** Whether the Spring Festival is in the model. */
  public enum Festival {
    /** If it is significant. */
    AUTO,
    ALWAYS,
    NEVER
  }

  private static final int YEARS = 3;
  private static final double SIGNIFICANT = 1.96;
  private static final int AHEAD = 5 * 12;
  private static final String FESTIVAL = "festival";

  private final Method method;
  private final Specification specification;
  private final Festival festival;
  private final SpringFestival window;

  /**
   * A way to adjust.
   *
   * @param window days of the festival; used for monthly series alone
   * @throws StatisticsProblem if TRAMO-SEATS is asked for with X-11 alone
   */
  public SeasonalAdjustment(
      Method method, Specification specification, Festival festival, SpringFestival window) {
    if (method == Method.TRAMOSEATS && specification == Specification.X11) {
      throw new StatisticsProblem(
          "x11-by-seats",
          "TRAMO-SEATS rests on a model: x11 has none",
          "use --spec rsa0 to rsa5, or --method x13");
    }
    this.method = method;
    this.specification = specification;
    this.festival = festival;
    this.window = window;
  }

  /**
   * Adjusts a series (Findley et al. 1998, pp. 127–152; Ladiray and Quenneville, Seasonal
   * Adjustment with the X-11 Method, 2001, chapter 4; Gómez and Maravall, Programs TRAMO and SEATS,
   * Banco de España 9628, 1996). Parts are in the unit of the values, or factors of 1 where they
   * are multiplied.
   *
   * @param start first month, or the first month of the first quarter
   * @param frequency periods of a year, 12 or 4
   * @param values one for each period; NaN where missing, though not at the ends
   * @throws StatisticsProblem if the series is too short, constant, has a gap at an end or under
   *     X-11 alone, or zeros or less where it would have to be multiplied
   */
  public Adjusted adjust(YearMonth start, int frequency, double[] values) {
    check(frequency, values);
    TsPeriod first =
        frequency == 12
            ? TsPeriod.monthly(start.getYear(), start.getMonthValue())
            : TsPeriod.quarterly(start.getYear(), (start.getMonthValue() + 2) / 3);
    TsData series = TsData.ofInternal(first, values.clone());
    boolean tried =
        frequency == 12 && festival != Festival.NEVER && specification != Specification.X11;
    try {
      Adjusted adjusted = process(series, tried ? context(start, values.length) : null);
      double t = adjusted.diagnostics().festivalT();
      if (tried && festival == Festival.AUTO && !(Math.abs(t) >= SIGNIFICANT)) {
        return without(process(series, null), t);
      }
      return adjusted;
    } catch (RuntimeException e) {
      if (e instanceof StatisticsProblem) {
        throw e;
      }
      throw new StatisticsProblem(
          "not-adjusted",
          "the series cannot be adjusted: " + e.getMessage(),
          "look at it: too few years, too many equal or missing values, or no season at all");
    }
  }

  private static Adjusted without(Adjusted plain, double t) {
    Adjusted.Diagnostics d = plain.diagnostics();
    return new Adjusted(
        plain.original(),
        plain.adjusted(),
        plain.trend(),
        plain.seasonal(),
        plain.irregular(),
        plain.multiplicative(),
        new Adjusted.Diagnostics(
            d.model(),
            d.coefficients(),
            d.outliers(),
            Double.NaN,
            t,
            d.ljungBox(),
            d.residualSeasonality(),
            d.q()));
  }

  private void check(int frequency, double[] values) {
    if (frequency != 12 && frequency != 4) {
      throw new StatisticsProblem(
          "frequency-unknown",
          "series of " + frequency + " periods a year are not adjusted",
          "give a monthly or quarterly series");
    }
    if (values.length < YEARS * frequency) {
      throw new StatisticsProblem(
          "series-short",
          values.length + " points are too few to tell a season",
          "give " + YEARS + " years at least, " + YEARS * frequency + " points");
    }
    if (Double.isNaN(values[0]) || Double.isNaN(values[values.length - 1])) {
      throw new StatisticsProblem(
          "end-missing",
          "the first or the last value is missing",
          "let the series begin and end with a value");
    }
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    if (Arrays.stream(known).allMatch(v -> v == known[0])) {
      throw new StatisticsProblem(
          "series-constant",
          "all values are " + known[0] + ": there is no season in it",
          "look whether the right column was given");
    }
    if (specification == Specification.X11) {
      if (known.length < values.length) {
        throw new StatisticsProblem(
            "value-missing",
            "X-11 alone fills no gaps",
            "use --spec rsa1 or more, whose model fills them");
      }
      OptionalInt low = IntStream.range(0, values.length).filter(i -> values[i] <= 0).findFirst();
      if (low.isPresent()) {
        throw StatisticsProblem.ofRow(
            "not-positive",
            low.getAsInt(),
            values[low.getAsInt()]
                + ": X-11 alone multiplies, and takes a logarithm of no such value",
            "use --spec rsa1 or more, which adds where it cannot multiply");
      }
    }
  }

  private ModellingContext context(YearMonth start, int months) {
    YearMonth from = start.minusMonths(AHEAD);
    TsData regressor =
        TsData.ofInternal(
            TsPeriod.monthly(from.getYear(), from.getMonthValue()),
            window.regressor(from, months + 2 * AHEAD));
    TsDataSuppliers variables = new TsDataSuppliers();
    variables.set(FESTIVAL, new StaticTsDataSupplier(regressor));
    ModellingContext context = new ModellingContext();
    context.getTsVariableManagers().set("r", variables);
    return context;
  }

  private static Variable<TsContextVariable> variable() {
    return Variable.<TsContextVariable>builder()
        .name(FESTIVAL)
        .core(new TsContextVariable("r." + FESTIVAL))
        .attribute(SaVariable.REGEFFECT, ComponentType.Seasonal.name())
        .build();
  }

  private Adjusted process(TsData series, @Nullable ModellingContext context) {
    ModellingContext in = context == null ? new ModellingContext() : context;
    return method == Method.X13
        ? x13(series, in, context != null)
        : tramoSeats(series, in, context != null);
  }

  private Adjusted x13(TsData series, ModellingContext context, boolean withFestival) {
    X13Spec spec =
        specification == Specification.X11
            ? X13Spec.RSAX11
            : X13Spec.fromString(specification.name());
    if (withFestival) {
      RegArimaSpec model = spec.getRegArima();
      spec =
          spec.toBuilder()
              .regArima(
                  model.toBuilder()
                      .regression(
                          model.getRegression().toBuilder().userDefinedVariable(variable()).build())
                      .build())
              .build();
    }
    X13Results results = X13Kernel.of(spec, context).process(series, ProcessingLog.dummy());
    if (results == null || !results.isValid()) {
      throw refused();
    }
    X13Finals finals = results.getFinals();
    return new Adjusted(
        values(series, series),
        values(finals.getD11final(), series),
        values(finals.getD12final(), series),
        values(finals.getD16(), series),
        values(finals.getD13final(), series),
        results.getDecomposition().getMode() != DecompositionMode.Additive,
        diagnostics(
            results.getPreprocessing(),
            finals.getD11final(),
            results.getDiagnostics() == null || results.getDiagnostics().getMstatistics() == null
                ? Double.NaN
                : results.getDiagnostics().getMstatistics().getQ()));
  }

  private Adjusted tramoSeats(TsData series, ModellingContext context, boolean withFestival) {
    TramoSeatsSpec spec = TramoSeatsSpec.fromString(specification.name());
    if (withFestival) {
      TramoSpec model = spec.getTramo();
      spec =
          spec.toBuilder()
              .tramo(
                  model.toBuilder()
                      .regression(
                          model.getRegression().toBuilder().userDefinedVariable(variable()).build())
                      .build())
              .build();
    }
    TramoSeatsResults results =
        TramoSeatsKernel.of(spec, context).process(series, ProcessingLog.dummy());
    if (results == null || !results.isValid()) {
      throw refused();
    }
    SeriesDecomposition finals = results.getFinals();
    TsData adjusted = part(finals, ComponentType.SeasonallyAdjusted);
    boolean multiplied = finals.getMode() != DecompositionMode.Additive;
    TsData seasonal =
        multiplied ? TsData.divide(series, adjusted) : TsData.subtract(series, adjusted);
    return new Adjusted(
        values(series, series),
        values(adjusted, series),
        values(part(finals, ComponentType.Trend), series),
        values(seasonal, series),
        values(part(finals, ComponentType.Irregular), series),
        multiplied,
        diagnostics(results.getPreprocessing(), adjusted, Double.NaN));
  }

  private static StatisticsProblem refused() {
    return new StatisticsProblem(
        "not-adjusted",
        "the series cannot be adjusted",
        "look at it: too few years, too many equal or missing values, or no season at all");
  }

  private static TsData part(SeriesDecomposition finals, ComponentType component) {
    return finals.getSeries(component, ComponentInformation.Value);
  }

  /**
   * Values over the domain of the original; one that a method leaves out is its neutral element.
   */
  private static double[] values(@Nullable TsData part, TsData original) {
    double[] values = new double[original.length()];
    if (part == null) {
      Arrays.fill(values, Double.NaN);
      return values;
    }
    return TsData.fitToDomain(part, original.getDomain()).getValues().toArray();
  }

  private static Adjusted.Diagnostics diagnostics(
      @Nullable RegSarimaModel model, TsData adjusted, double q) {
    double seasonality = qs(adjusted);
    if (model == null) {
      return new Adjusted.Diagnostics(
          "", List.of(), List.of(), Double.NaN, Double.NaN, Double.NaN, seasonality, q);
    }
    SarimaModel arima = model.arima();
    SarimaOrders orders = arima.orders();
    List<Double> coefficients = new ArrayList<>();
    for (int i = 1; i <= orders.getP(); i++) {
      coefficients.add(arima.phi(i));
    }
    for (int i = 1; i <= orders.getBp(); i++) {
      coefficients.add(arima.bphi(i));
    }
    for (int i = 1; i <= orders.getQ(); i++) {
      coefficients.add(arima.theta(i));
    }
    for (int i = 1; i <= orders.getBq(); i++) {
      coefficients.add(arima.btheta(i));
    }
    List<String> outliers =
        Arrays.stream(model.getDescription().getVariables())
            .filter(v -> v.getCore() instanceof IOutlier)
            .map(v -> v.getName())
            .toList();
    RegressionItem item =
        model.regressionItem(
            v -> v instanceof jdplus.toolkit.base.api.timeseries.regression.IUserVariable, 0);
    StatisticalTest independence =
        new LjungBox(model.fullResiduals().getValues())
            .lag(2 * model.getAnnualFrequency())
            .hyperParametersCount(coefficients.size())
            .build();
    return new Adjusted.Diagnostics(
        String.format(
            Locale.ROOT,
            "(%d,%d,%d)(%d,%d,%d)",
            orders.getP(),
            orders.getD(),
            orders.getQ(),
            orders.getBp(),
            orders.getBd(),
            orders.getBq()),
        coefficients,
        outliers,
        item == null ? Double.NaN : item.getCoefficient(),
        item == null ? Double.NaN : item.getCoefficient() / item.getStdError(),
        independence == null ? Double.NaN : independence.getPvalue(),
        seasonality,
        q);
  }

  private static double qs(TsData adjusted) {
    TsData changes = adjusted.delta(1);
    return new Qs(changes.getValues(), changes.getAnnualFrequency()).build().getPvalue();
  }
}
