package cn.ganye.pool.intake;

import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.source.Formats;
import cn.ganye.reference.Days;
import cn.ganye.reference.Regions;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a name says: {@code dataset_region_period_sentdate.ext}; every part may be missing. What
 * lies within a file is told by its own name first, then by that of the file.
 *
 * @param region six digits; 0 if the name says none
 * @param period yyyymm; 0 if the name says none
 */
public record FileName(
    @Nullable Contract dataset, int region, int period, @Nullable LocalDate sent) {
  private static final int PROVINCE_CODE = 2;
  private static final int COUNTY_CODE = 6;
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{2}|[0-9]{2,12})(?![0-9])");

  /** Reads the path of a table, as {@link Formats#tables} gives it. */
  public static FileName read(String path, Contracts contracts) {
    FileName said = new FileName(null, 0, 0, null);
    int shortest = PROVINCE_CODE;
    for (String part : Formats.path(path)) {
      said = one(part.substring(part.lastIndexOf('/') + 1), shortest, contracts).orElse(said);
      shortest = COUNTY_CODE;
    }
    return said;
  }

  /** Reads one name; a sheet called 11 says nothing of 北京市, so that codes have a least length. */
  private static FileName one(String name, int shortest, Contracts contracts) {
    int region = 0;
    int period = 0;
    LocalDate sent = null;
    Matcher numbers = NUMBER.matcher(name);
    while (numbers.find()) {
      String digits = numbers.group(1).replace("-", "");
      LocalDate day = digits.length() == 8 ? day(digits) : null;
      boolean month = digits.length() == 6 && isMonth(digits);
      if (day != null) {
        sent = day;
      } else if (month && (region != 0 || !isRegion(digits))) {
        period = Integer.parseInt(digits);
      } else if (region == 0 && digits.length() >= shortest && isRegion(digits)) {
        region = Regions.china().find(digits).orElseThrow().six();
      }
    }
    return new FileName(contracts.named(name).orElse(null), region, period, sent);
  }

  /** What is not said here is said there. */
  private FileName orElse(FileName outer) {
    return new FileName(
        dataset != null ? dataset : outer.dataset,
        region != 0 ? region : outer.region,
        period != 0 ? period : outer.period,
        sent != null ? sent : outer.sent);
  }

  private static boolean isRegion(String digits) {
    return Regions.china().find(digits).isPresent();
  }

  private static boolean isMonth(String digits) {
    int year = Integer.parseInt(digits, 0, 4, 10);
    int month = Integer.parseInt(digits, 4, 6, 10);
    return year >= 1990 && year < 2100 && month >= 1 && month <= 12;
  }

  private static @Nullable LocalDate day(String digits) {
    int year = Integer.parseInt(digits, 0, 4, 10);
    int month = Integer.parseInt(digits, 4, 6, 10);
    int day = Integer.parseInt(digits, 6, 8, 10);
    return year >= 1990 && year < 2100 && Days.exists(year, month, day)
        ? LocalDate.of(year, month, day)
        : null;
  }
}
