package cn.ganye.pool.intake;

import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.source.Formats;
import cn.ganye.reference.Days;
import cn.ganye.reference.Regions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
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
record FileName(@Nullable Contract dataset, int region, int period, @Nullable LocalDate sent) {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{2}|[0-9]{2,12})(?![0-9])");

  static FileName read(String relative, Contracts contracts) {
    Contract dataset = null;
    int region = 0;
    int period = 0;
    LocalDate sent = null;
    List<String> names =
        Arrays.stream(Formats.path(relative))
            .map(part -> part.substring(part.lastIndexOf('/') + 1))
            .toList();
    for (String name : names.reversed()) {
      dataset = dataset != null ? dataset : contracts.named(name).orElse(null);
    }
    Matcher numbers = NUMBER.matcher(String.join(" ", names));
    while (numbers.find()) {
      String digits = numbers.group(1).replace("-", "");
      LocalDate day = digits.length() == 8 ? day(digits) : null;
      boolean month = digits.length() == 6 && isMonth(digits);
      if (day != null) {
        sent = day;
      } else if (month && (region != 0 || !isRegion(digits))) {
        period = Integer.parseInt(digits);
      } else if (region == 0 && isRegion(digits)) {
        region = Regions.china().find(digits).orElseThrow().six();
      }
    }
    return new FileName(dataset, region, period, sent);
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
