package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A series of a CSV file: one row for each period, in order, none left out.
 *
 * @param table the file
 * @param dates as they are written
 * @param values NaN where missing
 * @param frequency periods of a year, if the dates tell it
 * @param start first month of the first period, of monthly and quarterly series
 */
record SeriesTable(
    DataTable table,
    String[] dates,
    double[] values,
    OptionalInt frequency,
    Optional<YearMonth> start) {
  private static final Pattern MONTH = Pattern.compile("(\\d{4})[-/.]?(0[1-9]|1[0-2])");
  private static final Pattern QUARTER = Pattern.compile("(\\d{4})[- ]?[Qq]([1-4])");
  private static final Pattern WEEK = Pattern.compile("(\\d{4})-?[Ww](\\d{2})");
  private static final Pattern DAY = Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})");
  private static final Pattern COMPACT_DAY = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

  /** How dates are written. */
  private enum Written {
    MONTH(12),
    QUARTER(4),
    WEEK(52),
    DAY(0),
    NUMBER(0);

    private final int frequency;

    Written(int frequency) {
      this.frequency = frequency;
    }
  }

  /**
   * Reads one.
   *
   * @throws PoolProblem if dates are not in order, one stands twice or a period is left out
   */
  static SeriesTable read(Path file, String date, String value) throws IOException {
    DataTable table = DataTable.read(file);
    String[] dates = table.complete(date);
    double[] values = table.numbers(value);
    if (dates.length == 0) {
      throw PoolProblem.use(
          "no-rows", file.toString(), "there are no rows", "give a series with a row each period");
    }
    Written written = written(dates[0]);
    long[] order = new long[dates.length];
    for (int i = 0; i < dates.length; i++) {
      try {
        order[i] = order(dates[i], written);
      } catch (IllegalArgumentException | DateTimeException e) {
        throw table.wrong(
            table.line(i),
            "column '" + date + "': '" + dates[i] + "' is no date like '" + dates[0] + "'",
            "write all as 2024-01, 2024Q1, 2024-W05, 2024-01-31 or as whole numbers");
      }
      if (i > 0 && order[i] <= order[i - 1]) {
        throw table.wrong(
            table.line(i),
            "column '"
                + date
                + "': '"
                + dates[i]
                + (order[i] == order[i - 1]
                    ? "' stands there twice"
                    : "' comes after a later date"),
            "one row for each period, in order of time");
      }
    }
    int frequency = checkSteps(table, date, dates, order, written);
    return new SeriesTable(
        table,
        dates,
        values,
        frequency == 0 ? OptionalInt.empty() : OptionalInt.of(frequency),
        Optional.ofNullable(start(order[0], written, frequency)));
  }

  private static @Nullable YearMonth start(long first, Written written, int frequency) {
    return switch (written) {
      case MONTH -> YearMonth.of((int) ((first - 1) / 12), (int) ((first - 1) % 12) + 1);
      case QUARTER -> YearMonth.of((int) ((first - 1) / 4), (int) ((first - 1) % 4) * 3 + 1);
      case DAY -> frequency == 12 ? YearMonth.from(LocalDate.ofEpochDay(first)) : null;
      default -> null;
    };
  }

  private static Written written(String date) {
    if (QUARTER.matcher(date).matches()) {
      return Written.QUARTER;
    }
    if (WEEK.matcher(date).matches()) {
      return Written.WEEK;
    }
    if (DAY.matcher(date).matches() || COMPACT_DAY.matcher(date).matches()) {
      return Written.DAY;
    }
    return MONTH.matcher(date).matches() ? Written.MONTH : Written.NUMBER;
  }

  /** A number that grows by one from period to period; of days by one a day. */
  private static long order(String date, Written written) {
    Matcher matcher =
        switch (written) {
          case MONTH -> MONTH.matcher(date);
          case QUARTER -> QUARTER.matcher(date);
          case WEEK -> WEEK.matcher(date);
          case DAY -> DAY.matcher(date).matches() ? DAY.matcher(date) : COMPACT_DAY.matcher(date);
          case NUMBER -> NUMBER.matcher(date);
        };
    if (!matcher.matches()) {
      throw new IllegalArgumentException(date);
    }
    return switch (written) {
      case NUMBER -> Long.parseLong(date);
      case MONTH -> part(matcher, 1) * 12L + part(matcher, 2);
      case QUARTER -> part(matcher, 1) * 4L + part(matcher, 2);
      case DAY -> LocalDate.of(part(matcher, 1), part(matcher, 2), part(matcher, 3)).toEpochDay();
      case WEEK -> {
        LocalDate inYear = LocalDate.of(part(matcher, 1), 1, 4);
        if (part(matcher, 2) < 1
            || part(matcher, 2)
                > IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(inYear).getMaximum()) {
          throw new IllegalArgumentException(date);
        }
        yield ChronoUnit.WEEKS.between(
            LocalDate.of(1970, 1, 5),
            inYear
                .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, part(matcher, 2))
                .with(java.time.DayOfWeek.MONDAY));
      }
    };
  }

  private static int part(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  /** Whether each period follows the one before it; the frequency if that can be told. */
  private static int checkSteps(
      DataTable table, String column, String[] dates, long[] order, Written written) {
    int frequency = written.frequency;
    boolean months = false;
    long step = dates.length < 2 ? 1 : order[1] - order[0];
    if (written == Written.DAY && step >= 28 && step <= 31) {
      months = true;
      frequency = 12;
    } else if (written == Written.DAY) {
      frequency = step == 7 ? 52 : step == 1 ? 365 : 0;
    }
    if (written != Written.DAY && written != Written.NUMBER) {
      step = 1;
    }
    for (int i = 1; i < order.length; i++) {
      boolean follows =
          months
              ? YearMonth.from(LocalDate.ofEpochDay(order[i - 1]))
                  .plusMonths(1)
                  .equals(YearMonth.from(LocalDate.ofEpochDay(order[i])))
              : order[i] - order[i - 1] == step;
      if (!follows) {
        throw table.wrong(
            table.line(i),
            "column '"
                + column
                + "': between '"
                + dates[i - 1]
                + "' and '"
                + dates[i]
                + "' a period is left out, or the step changes",
            "write a row for each period; one without a value has an empty cell");
      }
    }
    return frequency;
  }
}
