package cn.ganye.synth;

import cn.ganye.reference.ResidentId;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the lives of one city's people. Each follows from seed, city and number alone. */
final class Lives {
  private static final String[] SURNAMES = {
    "刘", "陈", "黄", "李", "王", "张", "吴", "熊", "胡", "徐", "周", "杨", "谢", "曾", "罗", "万", "邓", "彭", "廖",
    "钟"
  };
  private static final String[] GIVEN = {
    "伟", "芳", "娜", "敏", "静", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明", "超", "秀英", "建国", "志强",
    "小红", "春花", "桂英", "文斌", "海燕", "子涵", "梓轩"
  };
  private static final List<String[]> SCHOOLING = Settings.rows("schooling.csv");
  private static final String[] LEVELS = {"大学本科教育", "大学专科教育", "普通高级中学教育", "初级中学教育", "小学教育"};
  private static final int[] WORKING_LIFE = {15, 18, 22, 26, 30, 34, 38, 42, 46, 50, 54, 57, 60};

  private final City city;
  private final Careers careers;
  private final Settings settings;
  private final YearMonth first;
  private final long seed;
  private final int[] sequences = new int[2 * 60_000];

  Lives(City city, Careers careers, Settings settings, YearMonth first, long seed) {
    this.city = city;
    this.careers = careers;
    this.settings = settings;
    this.first = first;
    this.seed = seed;
  }

  List<Life> all() {
    int count = city.residents() + city.away();
    List<Life> lives = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lives.add(life(i, i >= city.residents()));
    }
    return lives;
  }

  /** What the members of one household share. */
  private record Household(int county, boolean rural, String surname) {}

  private Household household(int index, boolean away) {
    SplittableRandom random =
        new SplittableRandom(
            seed * 998_244_353L + city.index() * 100_000_007L + Households.of(index) * 131L);
    return new Household(
        city.county(random.nextDouble()),
        random.nextDouble() >= city.urban() * (away ? 0.6 : 1.0),
        SURNAMES[random.nextInt(SURNAMES.length)]);
  }

  private Life life(int index, boolean away) {
    SplittableRandom random =
        new SplittableRandom(
            seed * 1_000_003L + city.index() * 100_000_007L + index * 2_654_435_761L);
    Household household = household(index, away);
    int age = age(random, Households.member(index), away);
    LocalDate born =
        first
            .atDay(1)
            .minusYears(age)
            .minusDays(1 + random.nextInt(365))
            .plusMonths(random.nextInt(40) == 0 && age == 0 ? 12 : 0);
    if (born.getYear() < 1915) {
      born = born.plusYears(5);
    }
    int sex = random.nextInt(1000) < 516 ? 1 : 2;
    int birth = born.getYear() * 10_000 + born.getMonthValue() * 100 + born.getDayOfMonth();
    boolean stranger = !away && random.nextDouble() < settings.of("hukou-outside-province");
    int hukou =
        stranger
            ? strangerHome(random)
            : !away && random.nextInt(100) < 12 ? careers.elsewhere(random) : household.county();
    int residence = away ? Careers.away(random) : household.county();
    Life life =
        new Life(
            city.index(),
            index,
            id(born, sex),
            birth,
            sex,
            hukou,
            residence,
            household.rural(),
            education(random, age),
            household.surname(),
            GIVEN[random.nextInt(GIVEN.length)],
            340_000 + random.nextInt(60) * 10_000);
    careers.live(life, born, away, random);
    return life;
  }

  /**
   * The age at the start. A household has an adult head, an adult or an old person, and often a
   * child; the shares of the three ages add up to those of the settings.
   */
  private int age(SplittableRandom random, int member, boolean away) {
    if (away) {
      return 18 + random.nextInt(40);
    }
    double u = random.nextDouble();
    double share = Households.share(member);
    double child = member >= 2 ? settings.of("age-0") / share : 0;
    double old = settings.of("age-60") / share * (member == 0 ? 0.32 : member == 1 ? 0.5 : 0.18);
    if (u < child) {
      return random.nextInt(15);
    }
    if (u >= child + old) {
      int band = random.nextInt(WORKING_LIFE.length - 1);
      int age = WORKING_LIFE[band] + random.nextInt(WORKING_LIFE[band + 1] - WORKING_LIFE[band]);
      return member == 0 && age < 22 ? age + 10 : age;
    }
    return 60 + (int) (30 * Math.pow(random.nextDouble(), 1.8));
  }

  private static String education(SplittableRandom random, int age) {
    String[] shares = SCHOOLING.getFirst();
    for (String[] row : SCHOOLING) {
      shares = age >= Integer.parseInt(row[0]) ? row : shares;
    }
    int at = random.nextInt(1000);
    for (int level = 0; level < LEVELS.length; level++) {
      at -= Integer.parseInt(shares[level + 1]);
      if (at < 0) {
        return LEVELS[level];
      }
    }
    return "其他";
  }

  private ResidentId id(LocalDate born, int sex) {
    int day = (int) (born.toEpochDay() + 20_500);
    int n = sequences[day * 2 + sex - 1]++;
    int region = 369900 + city.index() * 9 + n / 499 % 9;
    int sequence = (n % 499) * 2 + (sex == 1 ? 1 : 2);
    int birth = born.getYear() * 10_000 + born.getMonthValue() * 100 + born.getDayOfMonth();
    return ResidentId.of(region, birth, sequence);
  }

  private static int strangerHome(SplittableRandom random) {
    int[] homes = {420102, 430102, 350102, 330102, 340102, 440103};
    return homes[random.nextInt(homes.length)];
  }
}
