package cn.ganye.reference;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * The legal age of retirement of people born in a run of months. Source: the decision of 2024-09-13
 * on raising it step by step, from {@code retirement-ages.csv}, with its grade there.
 *
 * @param fromBirth yyyymm of the first month of birth
 * @param toBirth yyyymm of the last month of birth
 * @param months age in months
 */
public record RetirementAge(Line line, int fromBirth, int toBirth, int months) {
  /** For whom: women by the kind of post that they hold. */
  public enum Line {
    MAN,
    CADRE_WOMAN,
    WORKER_WOMAN
  }

  private static final int EARLIEST = 180_001;
  private static final int LATEST = 209_912;
  private static final List<RetirementAge> ALL = read();

  /** Every run of months of birth, of each line without a gap. */
  public static List<RetirementAge> all() {
    return ALL;
  }

  /** The age in months of one line and month of birth. */
  public static int months(Line line, YearMonth birth) {
    int month = birth.getYear() * 100 + birth.getMonthValue();
    return ALL.stream()
        .filter(age -> age.line == line && age.fromBirth <= month && month <= age.toBirth)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no age for births of " + birth))
        .months;
  }

  private static List<RetirementAge> read() {
    List<RetirementAge> ages = new ArrayList<>();
    for (String[] row : Tables.read("retirement-ages.csv")) {
      Line line = Line.valueOf(row[0]);
      YearMonth birth =
          YearMonth.of(Integer.parseInt(row[1]) / 100, Integer.parseInt(row[1]) % 100);
      int step = Integer.parseInt(row[2]);
      int most = Integer.parseInt(row[4]);
      int months = Integer.parseInt(row[3]);
      ages.add(new RetirementAge(line, EARLIEST, number(birth.minusMonths(1)), months));
      while (months < most) {
        months++;
        YearMonth next = birth.plusMonths(step);
        int end = months == most ? LATEST : number(next.minusMonths(1));
        ages.add(new RetirementAge(line, number(birth), end, months));
        birth = next;
      }
    }
    return List.copyOf(ages);
  }

  private static int number(YearMonth month) {
    return month.getYear() * 100 + month.getMonthValue();
  }
}
