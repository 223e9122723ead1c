package cn.ganye.statistics.survey;

import cn.ganye.statistics.StatisticsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Iterative proportional fitting: post-stratification to one margin after the other, until all are
 * met (Deming and Stephan, Annals of Mathematical Statistics 11 (1940)). The variance is that of
 * what the margins' means leave, taken out ten times around, as R's {@code survey} does it.
 */
public final class Raking implements Adjustment {
  private static final int MOST = 500;
  private static final int SWEEPS = 10;
  private static final double ENOUGH = 1e-12;
  private static final double SAME = 1e-6;

  private final List<Groups> margins;
  private final double size;

  private Raking(List<Groups> margins) {
    this.margins = margins;
    this.size = margins.getFirst().sum();
  }

  /**
   * Margins (Deming and Stephan 1940, pp. 427–444). That they are met only shows when weights are
   * adjusted: raking that does not converge is then refused with the margin that is furthest off.
   *
   * @param names of the columns, for problems
   * @param values category of each row of the sample, by margin
   * @param totals people of each category in the population, by margin
   * @throws StatisticsProblem if categories differ, a total is negative, or the totals of two
   *     margins add up to different sizes of the population
   */
  public static Raking to(
      List<String> names, List<String[]> values, List<Map<String, Double>> totals) {
    List<Groups> margins = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      margins.add(Groups.of(names.get(m), values.get(m), totals.get(m)));
    }
    Groups first = margins.getFirst();
    for (Groups margin : margins) {
      if (Math.abs(margin.sum() - first.sum()) > SAME * first.sum()) {
        throw new StatisticsProblem(
            "margins-differ",
            String.format(
                Locale.ROOT,
                "the totals of %s add up to %s, those of %s to %s",
                first.name(),
                first.sum(),
                margin.name(),
                margin.sum()),
            "all margins are of one population: bring them to one size");
      }
    }
    return new Raking(margins);
  }

  @Override
  public double[] weights(double[] weights) {
    double[] now = weights.clone();
    double before = Double.POSITIVE_INFINITY;
    for (int turn = 0; turn < MOST; turn++) {
      double worst = 0;
      String where = "";
      for (Groups margin : margins) {
        double[] sums = margin.sums(now);
        double[] factor = new double[sums.length];
        for (int g = 0; g < sums.length; g++) {
          double off = Math.abs(sums[g] - margin.totals()[g]);
          if (off > worst) {
            worst = off;
            where = margin.name() + " '" + margin.labels().get(g) + "'";
          }
          if (sums[g] == 0 && margin.totals()[g] > 0) {
            throw notMet(where, off);
          }
          factor[g] = sums[g] == 0 ? 1 : margin.totals()[g] / sums[g];
        }
        for (int i = 0; i < now.length; i++) {
          now[i] *= factor[margin.group()[i]];
        }
      }
      if (worst <= ENOUGH * size || (worst <= SAME * size * SAME && worst >= before)) {
        return now;
      }
      if (turn == MOST - 1) {
        throw notMet(where, worst);
      }
      before = worst;
    }
    return now;
  }

  private static StatisticsProblem notMet(String where, double worst) {
    return new StatisticsProblem(
        "raking-not-converged",
        String.format(
            Locale.ROOT,
            "raking did not converge in %d turns: %s is still off by %.6g",
            MOST,
            where,
            worst),
        "join categories in which few rows were sampled, or that exclude each other");
  }

  @Override
  public double[] unexplained(double[] parts, double[] before, double[] after) {
    double[] left = parts.clone();
    double[] values = new double[parts.length];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (Groups margin : margins) {
        int[] rows = new int[margin.totals().length];
        for (int i = 0; i < left.length; i++) {
          values[i] = after[i] == 0 ? 0 : left[i] / after[i];
          rows[margin.group()[i]]++;
        }
        double[] sums = margin.sums(values);
        for (int i = 0; i < left.length; i++) {
          int g = margin.group()[i];
          left[i] -= after[i] * sums[g] / rows[g];
        }
      }
    }
    return left;
  }
}
