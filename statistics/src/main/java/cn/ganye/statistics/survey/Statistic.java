package cn.ganye.statistics.survey;

import java.util.Arrays;

/**
 * What is asked of the population, and of which part of it.
 *
 * <p>Values are in whatever unit the column has; so are means, and totals in it times people.
 *
 * @param kind what
 * @param values of each row; NaN where missing
 * @param per of a ratio, the values that it is divided by; else empty
 * @param domain rows that belong to the part asked about, one entry for each value; the others stay
 *     in the design
 */
public record Statistic(Kind kind, double[] values, double[] per, boolean[] domain) {
  /** Kinds of figures. */
  public enum Kind {
    MEAN,
    TOTAL,
    RATIO
  }

  /** Refuses columns of different lengths. */
  public Statistic {
    if (values.length != domain.length || (per.length > 0 && per.length != values.length)) {
      throw new IllegalArgumentException(
          values.length + " values, " + per.length + " to divide by, " + domain.length + " rows");
    }
  }

  /**
   * The mean of a variable; of one that is 0 or 1, a proportion (Särndal, Swensson and Wretman
   * 1992, section 5.7; of a domain, 5.8).
   *
   * @throws IllegalArgumentException if the two differ in length
   */
  public static Statistic mean(double[] values, boolean[] domain) {
    return new Statistic(Kind.MEAN, values, new double[0], domain);
  }

  /**
   * The total of a variable (Horvitz and Thompson, JASA 47 (1952); Särndal, Swensson and Wretman
   * 1992, section 2.8; of a domain, chapter 10).
   *
   * @throws IllegalArgumentException if the two differ in length
   */
  public static Statistic total(double[] values, boolean[] domain) {
    return new Statistic(Kind.TOTAL, values, new double[0], domain);
  }

  /**
   * The total of one variable over that of another (Särndal, Swensson and Wretman 1992, section
   * 5.6).
   *
   * @throws IllegalArgumentException if the three differ in length
   */
  public static Statistic ratio(double[] values, double[] per, boolean[] domain) {
    return new Statistic(Kind.RATIO, values, per, domain);
  }

  /** Whether a row counts: it is in the domain and nothing that is needed of it is missing. */
  boolean counts(int i) {
    return domain[i] && !Double.isNaN(values[i]) && (per.length == 0 || !Double.isNaN(per[i]));
  }

  /** What the value is divided by, of one row. */
  private double below(int i) {
    return kind == Kind.RATIO ? per[i] : 1;
  }

  /** Rows that count. */
  int rows() {
    int rows = 0;
    for (int i = 0; i < values.length; i++) {
      rows += counts(i) ? 1 : 0;
    }
    return rows;
  }

  /** The rows' part in the total above, not weighted. */
  double[] above() {
    double[] above = new double[values.length];
    Arrays.setAll(above, i -> counts(i) ? values[i] : 0);
    return above;
  }

  /** The rows' part in the total below, not weighted; that of a total is not asked. */
  double[] below() {
    double[] below = new double[values.length];
    Arrays.setAll(below, i -> counts(i) ? below(i) : 0);
    return below;
  }

  /** The figure from its two totals; NaN if nothing is below. */
  double value(double above, double below) {
    return kind == Kind.TOTAL ? above : below == 0 ? Double.NaN : above / below;
  }

  /**
   * The figure's linearised values, weighted (Särndal, Swensson and Wretman 1992, sections 5.6 to
   * 5.8 and 5.6.1 for ratios).
   */
  double[] linearised(double[] weights, double value, double below) {
    double[] parts = new double[values.length];
    for (int i = 0; i < parts.length; i++) {
      if (counts(i)) {
        parts[i] =
            kind == Kind.TOTAL
                ? weights[i] * values[i]
                : weights[i] * (values[i] - value * below(i)) / below;
      }
    }
    return parts;
  }
}
