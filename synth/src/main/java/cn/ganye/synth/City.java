package cn.ganye.synth;

import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import java.util.ArrayList;
import java.util.List;

/**
 * A city and how many of the frame it holds.
 *
 * @param index position among the cities
 * @param code six digits
 * @param residents people who live there
 * @param away people registered there who live in another province
 */
record City(
    int index,
    int code,
    String name,
    double urban,
    int residents,
    int away,
    int[] counties,
    int[] cumulative) {
  /** The cities of a frame of so many people. */
  static List<City> of(int people, Settings settings) {
    List<String[]> rows = Settings.rows("cities.csv");
    long[] residents = rows.stream().mapToLong(r -> Long.parseLong(r[1])).toArray();
    long[] registered = rows.stream().mapToLong(r -> Long.parseLong(r[3])).toArray();
    long allResidents = 0;
    long allRegistered = 0;
    long[] deficit = new long[rows.size()];
    for (int i = 0; i < residents.length; i++) {
      allResidents += residents[i];
      allRegistered += registered[i];
      deficit[i] = Math.max(registered[i] - residents[i], registered[i] / 50);
    }
    long strangers = Math.round(allResidents * settings.of("hukou-outside-province"));
    long away = allRegistered - (allResidents - strangers);
    long here = Math.round((double) people * allResidents / (allResidents + away));
    long[] living = Shares.largestRemainder(here, residents);
    long[] gone = Shares.largestRemainder(people - here, deficit);
    List<City> cities = new ArrayList<>();
    for (int i = 0; i < residents.length; i++) {
      int code = Integer.parseInt(rows.get(i)[0]);
      List<Region> counties = Regions.china().children(Integer.toString(code / 100));
      int[] codes = new int[counties.size()];
      int[] cumulative = new int[counties.size()];
      int sum = 0;
      for (int c = 0; c < codes.length; c++) {
        codes[c] = counties.get(c).six();
        for (Region township : Regions.china().children(counties.get(c).code())) {
          sum += Regions.china().children(township.code()).size();
        }
        cumulative[c] = sum;
      }
      String name = Regions.china().find(Integer.toString(code / 100)).orElseThrow().name();
      cities.add(
          new City(
              i,
              code,
              name,
              Double.parseDouble(rows.get(i)[2]) / 100,
              (int) living[i],
              (int) gone[i],
              codes,
              cumulative));
    }
    return cities;
  }

  /** A county, as likely as it has villages and communities; {@code u} in [0, 1). */
  int county(double u) {
    int at = (int) (u * cumulative[cumulative.length - 1]);
    int c = 0;
    while (cumulative[c] <= at) {
      c++;
    }
    return counties[c];
  }
}
