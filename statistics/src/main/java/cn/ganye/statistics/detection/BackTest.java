package cn.ganye.statistics.detection;

import cn.ganye.statistics.StatisticsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What an indicator would have been worth: run at each point in time on the series as it was known
 * then, its alarms are set against what really began (Kaminsky, Lizondo and Reinhart, Leading
 * indicators of currency crises, IMF Staff Papers 45 (1998), section IV).
 */
public final class BackTest {
  /**
   * What came of it.
   *
   * @param leads of each event that was seen coming: by how many periods before it began the first
   *     alarm was raised
   * @param missed events without an alarm in time, by their place
   * @param falseAlarms runs of alarms after which nothing began in time, by their first place
   * @param alarms whether there was one at each point, as of that point
   */
  public record Result(
      List<Integer> leads, List<Integer> missed, List<Integer> falseAlarms, boolean[] alarms) {
    /** Mean lead in periods of the events that were seen coming; NaN if none was. */
    public double meanLead() {
      return leads.stream().mapToInt(Integer::intValue).average().orElse(Double.NaN);
    }
  }

  private BackTest() {}

  /**
   * Tests (Kaminsky, Lizondo and Reinhart 1998, section IV: signals within a horizon before an
   * event are good, others noise; on vintages, as Croushore and Stark, Journal of Econometrics 105
   * (2001), 111–130).
   *
   * @param vintages the series as known at each point: the first has its first value alone, each
   *     one value more, and earlier values may have been revised
   * @param indicator says of each point of a series whether it is an alarm
   * @param events places at which something began
   * @param horizon periods before an event in which an alarm is in time; one at its place counts
   * @throws StatisticsProblem if vintages do not grow by one value each
   */
  public static Result of(
      List<double[]> vintages,
      Function<double[], Detection[]> indicator,
      List<Integer> events,
      int horizon) {
    boolean[] alarms = new boolean[vintages.size()];
    for (int t = 0; t < alarms.length; t++) {
      double[] known = vintages.get(t);
      if (known.length != t + 1) {
        throw new StatisticsProblem(
            "vintage-length",
            "vintage " + (t + 1) + " has " + known.length + " values",
            "each vintage has one value more than the one before; the first has one");
      }
      alarms[t] = indicator.apply(known)[t].alarm();
    }
    return judged(alarms, events, horizon);
  }

  private static Result judged(boolean[] alarms, List<Integer> events, int horizon) {
    List<Integer> leads = new ArrayList<>();
    List<Integer> missed = new ArrayList<>();
    for (int event : events) {
      int first = Math.max(0, event - horizon);
      while (first <= event && !alarms[first]) {
        first++;
      }
      if (first <= event) {
        leads.add(event - first);
      } else {
        missed.add(event);
      }
    }
    List<Integer> wrong = new ArrayList<>();
    for (int t = 0; t < alarms.length; t++) {
      int from = t;
      if (alarms[t] && (t == 0 || !alarms[t - 1])) {
        int last = t;
        while (last + 1 < alarms.length && alarms[last + 1]) {
          last++;
        }
        int until = last;
        if (events.stream().noneMatch(e -> e >= from && e <= until + horizon)) {
          wrong.add(t);
        }
      }
    }
    return new Result(List.copyOf(leads), List.copyOf(missed), List.copyOf(wrong), alarms);
  }
}
