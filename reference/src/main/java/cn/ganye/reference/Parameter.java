package cn.ganye.reference;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One dated value of one parameter.
 *
 * @param key what it is by (a class of region, say); empty if nothing
 * @param from first day on which it holds
 * @param grade A–C as sources go; M is off until the province confirms it; S a setting of ours
 */
public record Parameter(
    String id,
    String key,
    LocalDate from,
    BigDecimal value,
    String unit,
    String source,
    String grade) {
  private static final List<Parameter> ALL =
      Tables.read("parameters.csv").stream()
          .map(
              r ->
                  new Parameter(
                      r[0], r[1], LocalDate.parse(r[2]), new BigDecimal(r[3]), r[4], r[5], r[6]))
          .toList();

  /** Every value of every parameter. */
  public static List<Parameter> all() {
    return ALL;
  }

  /** The last day on which it holds; empty if no later value follows. */
  public Optional<LocalDate> until() {
    return ALL.stream()
        .filter(p -> p.id.equals(id) && p.key.equals(key) && p.from.isAfter(from))
        .map(p -> p.from.minusDays(1))
        .min(LocalDate::compareTo);
  }

  /** The value in force on a day; values of grade M are passed over. */
  public static Optional<Parameter> on(LocalDate day, String id, String key) {
    return ALL.stream()
        .filter(
            p ->
                p.id().equals(id)
                    && p.key().equals(key)
                    && !p.grade().equals("M")
                    && !p.from().isAfter(day))
        .reduce((earlier, later) -> later.from().isBefore(earlier.from()) ? earlier : later);
  }

  /** A setting of ours that has one undated value. */
  public static BigDecimal setting(String id, String key) {
    return ALL.stream()
        .filter(p -> p.id().equals(id) && p.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no parameter " + id + " " + key))
        .value();
  }
}
