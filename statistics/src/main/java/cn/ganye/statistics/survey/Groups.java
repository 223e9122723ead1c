package cn.ganye.statistics.survey;

import cn.ganye.statistics.StatisticsProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A classification of the rows whose totals in the population are known.
 *
 * @param name of the column
 * @param group of each row
 * @param totals of each group
 * @param labels of each group
 */
record Groups(String name, int[] group, double[] totals, List<String> labels) {
  static Groups of(String name, String[] values, Map<String, Double> known) {
    Map<String, Integer> numbers = new TreeMap<>();
    List<String> labels = new ArrayList<>();
    double[] totals = new double[known.size()];
    known.forEach(
        (label, total) -> {
          if (!(total >= 0) || Double.isInfinite(total)) {
            throw new StatisticsProblem(
                "total-invalid",
                name + " " + label + ": " + total + " is no total of a population",
                "totals are numbers, not negative");
          }
          totals[labels.size()] = total;
          numbers.put(label, labels.size());
          labels.add(label);
        });
    int[] group = new int[values.length];
    int[] rows = new int[totals.length];
    for (int i = 0; i < values.length; i++) {
      Integer number = numbers.get(values[i]);
      if (number == null) {
        throw StatisticsProblem.ofRow(
            "total-missing",
            i,
            name + " has the category '" + values[i] + "', which has no total",
            "add it to the totals; they have " + String.join(", ", labels));
      }
      group[i] = number;
      rows[number]++;
    }
    for (int g = 0; g < totals.length; g++) {
      if (rows[g] == 0 && totals[g] > 0) {
        throw new StatisticsProblem(
            "category-not-sampled",
            name + ": no row has the category '" + labels.get(g) + "', which has a total",
            "join it with another category, in the data and in the totals");
      }
      if (rows[g] > 0 && totals[g] == 0) {
        throw new StatisticsProblem(
            "total-zero",
            name + ": the category '" + labels.get(g) + "' has rows and a total of 0",
            "mend the total, or take the rows out");
      }
    }
    return new Groups(name, group, totals, labels);
  }

  double sum() {
    return Arrays.stream(totals).sum();
  }

  /** Sums of the rows' values by group. */
  double[] sums(double[] values) {
    double[] sums = new double[totals.length];
    for (int i = 0; i < values.length; i++) {
      sums[group[i]] += values[i];
    }
    return sums;
  }
}
