package cn.ganye.statistics.survey;

import cn.ganye.statistics.StatisticsProblem;
import java.util.Map;

/**
 * Weights of each group are multiplied so that they add up to its known size (Holt and Smith, Post
 * stratification, JRSS A 142 (1979)); the variance is that of what deviates from the group's mean
 * (Valliant, JASA 88 (1993), section 2).
 */
public final class PostStratification implements Adjustment {
  private final Groups groups;

  private PostStratification(Groups groups) {
    this.groups = groups;
  }

  /**
   * Post-strata (Holt and Smith 1979, pp. 33–46).
   *
   * @param name of the column, for problems
   * @param values category of each row of the sample
   * @param totals people of each category in the population
   * @throws StatisticsProblem if the two do not have the same categories, or a total is negative
   */
  public static PostStratification to(String name, String[] values, Map<String, Double> totals) {
    return new PostStratification(Groups.of(name, values, totals));
  }

  @Override
  public double[] weights(double[] weights) {
    double[] sums = groups.sums(weights);
    double[] adjusted = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      int g = groups.group()[i];
      if (sums[g] == 0) {
        throw new StatisticsProblem(
            "category-without-weight",
            groups.name() + ": the rows of '" + groups.labels().get(g) + "' weigh nothing",
            "join it with another category");
      }
      adjusted[i] = weights[i] * groups.totals()[g] / sums[g];
    }
    return adjusted;
  }

  @Override
  public double[] unexplained(double[] parts, double[] before, double[] after) {
    double[] left = parts.clone();
    double[] values = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = after[i] == 0 ? 0 : parts[i] * before[i] / after[i];
    }
    double[] sums = groups.sums(values);
    double[] sizes = groups.sums(before);
    for (int i = 0; i < parts.length; i++) {
      int g = groups.group()[i];
      left[i] -= sums[g] / sizes[g] * after[i];
    }
    return left;
  }
}
