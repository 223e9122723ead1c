package cn.ganye.synth;

import cn.ganye.reference.CreditCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The employers of the province, by city; sizes follow a power law, so that a few are large. */
final class Employers {
  private static final List<String[]> INDUSTRIES = Settings.rows("industries.csv");
  private static final int WEIGHT =
      INDUSTRIES.stream().mapToInt(row -> Integer.parseInt(row[1])).sum();
  private static final String[] WORDS = {
    "赣江", "鄱阳", "庐山", "井冈", "滕王", "梅岭", "章贡", "信江", "抚河", "袁河", "瑞州", "浔阳", "洪都", "吉州", "饶河", "东江"
  };
  private static final String[] TRADES = {
    "电子", "机械", "新材料", "建材", "化工", "服饰", "纺织", "食品", "药业", "商贸", "物流", "餐饮", "科技", "物业", "建设", "农业"
  };

  final List<List<Employer>> byCity = new ArrayList<>();
  private final List<int[]> cumulative = new ArrayList<>();

  private final Shocks shocks;
  private final int months;

  Employers(List<City> cities, long seed, Shocks shocks, int months) {
    this.shocks = shocks;
    this.months = months;
    int number = 0;
    for (City city : cities) {
      SplittableRandom random = new SplittableRandom(seed * 31 + 7 * city.index() + 1);
      int count =
          Math.max(city.counties().length, (int) ((city.residents() + city.away()) * 0.0045));
      List<Employer> employers = new ArrayList<>(count);
      int[] sums = new int[count];
      int sum = 0;
      for (int i = 0; i < count; i++) {
        Employer employer = employer(++number, city, i, random);
        employers.add(employer);
        sum += employer.size();
        sums[i] = sum;
      }
      byCity.add(employers);
      cumulative.add(sums);
    }
  }

  private Employer employer(int number, City city, int i, SplittableRandom random) {
    int county = i < city.counties().length ? city.counties()[i] : city.county(random.nextDouble());
    boolean anchor = i < city.counties().length && county == Shocks.COLLAPSE_COUNTY;
    String picked = pick(random);
    String division = anchor ? Shocks.COLLAPSE_DIVISION : picked;
    int drawn = (int) Math.min(4000, 3 / Math.pow(1 - random.nextDouble(), 0.75));
    int size = anchor ? Math.max(drawn, city.residents() / 150) : drawn;
    String body = String.format(Locale.ROOT, "%08d", 10_000_000 + number % 90_000_000);
    String department = random.nextInt(100) < 92 ? "91" : "92";
    String code = CreditCode.of(department, 369900 + city.index(), body).text();
    String name =
        city.name()
            + WORDS[random.nextInt(WORDS.length)]
            + TRADES[random.nextInt(TRADES.length)]
            + number
            + "号有限公司";
    boolean own = random.nextInt(100) < 12;
    boolean linked = random.nextInt(1000) >= 20 || anchor;
    boolean agency = i >= city.counties().length && random.nextInt(100) < 3;
    boolean whole = i < city.counties().length;
    int opens = !whole && random.nextInt(100) < 8 ? random.nextInt(months) : 0;
    int closes =
        !whole && random.nextInt(100) < 6
            ? opens + 6 + random.nextInt(months + 6)
            : Integer.MAX_VALUE;
    boolean struck = shocks.collapses(county, division);
    boolean shrinks = random.nextInt(100) < 4;
    int layoff = struck ? shocks.collapseMonth() : shrinks ? random.nextInt(months) : -1;
    return new Employer(
        number,
        city.index(),
        county,
        code,
        String.format(Locale.ROOT, "%d%08d", city.code() / 100, number),
        name,
        agency ? "72" : division,
        own ? city.code() : county,
        linked,
        size,
        agency,
        opens,
        struck ? Integer.MAX_VALUE : closes,
        layoff,
        struck ? Shocks.COLLAPSE_SHARE : 0.3);
  }

  private static String pick(SplittableRandom random) {
    int at = random.nextInt(WEIGHT);
    for (String[] row : INDUSTRIES) {
      at -= Integer.parseInt(row[1]);
      if (at < 0) {
        return row[0];
      }
    }
    throw new IllegalStateException("weights of industries.csv do not add up");
  }

  /** An employer of a city that takes people on in a month, as likely as it is large. */
  Employer draw(int city, int month, SplittableRandom random) {
    int[] sums = cumulative.get(city);
    List<Employer> all = byCity.get(city);
    for (int attempt = 0; attempt < 20; attempt++) {
      int at = random.nextInt(sums[sums.length - 1]);
      int found = Arrays.binarySearch(sums, at + 1);
      Employer employer = all.get(found >= 0 ? found : -found - 1);
      if (employer.hires(month)) {
        return employer;
      }
    }
    return all.getFirst();
  }
}
