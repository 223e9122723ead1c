package cn.ganye.synth;

import cn.ganye.reference.ResidentId;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

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
  private static final int[] PROVINCES = {
    440000, 440000, 440000, 440300, 441900, 330000, 330000, 330100, 350000, 310000, 320000, 420000,
    430000, 110000
  };
  private static final int[] WORKING_LIFE = {15, 18, 22, 26, 30, 34, 38, 42, 46, 50, 54, 57, 60};

  private final City city;
  private final List<City> cities;
  private final Employers employers;
  private final Settings settings;
  private final YearMonth first;
  private final int months;
  private final long seed;
  private final int[] sequences = new int[2 * 60_000];

  Lives(
      City city,
      List<City> cities,
      Employers employers,
      Settings settings,
      YearMonth first,
      int months,
      long seed) {
    this.city = city;
    this.cities = cities;
    this.employers = employers;
    this.settings = settings;
    this.first = first;
    this.months = months;
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

  private Life life(int index, boolean away) {
    SplittableRandom random =
        new SplittableRandom(
            seed * 1_000_003L + city.index() * 100_000_007L + index * 2_654_435_761L);
    int age = age(random, away);
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
    int county = city.county(random.nextDouble());
    int hukou =
        stranger
            ? strangerHome(random)
            : !away && random.nextInt(100) < 12 ? elsewhere(random) : county;
    int residence = away ? PROVINCES[random.nextInt(PROVINCES.length)] : county;
    boolean rural = random.nextDouble() >= city.urban() * (away ? 0.6 : 1.0);
    Life life =
        new Life(
            city.index(),
            index,
            id(born, sex),
            birth,
            sex,
            hukou,
            residence,
            rural,
            education(random, age),
            SURNAMES[random.nextInt(SURNAMES.length)] + GIVEN[random.nextInt(GIVEN.length)],
            340_000 + random.nextInt(60) * 10_000);
    live(life, born, away, random);
    return life;
  }

  private int age(SplittableRandom random, boolean away) {
    if (away) {
      return 18 + random.nextInt(40);
    }
    double u = random.nextDouble();
    if (u < settings.of("age-0")) {
      return random.nextInt(15);
    }
    if (u < settings.of("age-0") + settings.of("age-15")) {
      int band = random.nextInt(WORKING_LIFE.length - 1);
      return WORKING_LIFE[band] + random.nextInt(WORKING_LIFE[band + 1] - WORKING_LIFE[band]);
    }
    return 60 + (int) (30 * Math.pow(random.nextDouble(), 1.8));
  }

  private static String education(SplittableRandom random, int age) {
    int u = random.nextInt(100);
    if (age < 18) {
      return age < 12 ? "小学教育" : "初级中学教育";
    }
    int young = age < 35 ? 30 : age < 50 ? 12 : 4;
    return u < young / 2
        ? "大学本科教育"
        : u < young ? "大学专科教育" : u < young + 18 ? "普通高级中学教育" : u < young + 58 ? "初级中学教育" : "小学教育";
  }

  private String id(LocalDate born, int sex) {
    int day = (int) (born.toEpochDay() + 20_500);
    int n = sequences[day * 2 + sex - 1]++;
    int region = 369900 + city.index() * 9 + n / 499 % 9;
    int sequence = (n % 499) * 2 + (sex == 1 ? 1 : 2);
    int birth = born.getYear() * 10_000 + born.getMonthValue() * 100 + born.getDayOfMonth();
    return ResidentId.of(region, birth, sequence).text();
  }

  private int elsewhere(SplittableRandom random) {
    City other = cities.get(random.nextInt(cities.size()));
    return other.county(random.nextDouble());
  }

  private static int strangerHome(SplittableRandom random) {
    int[] homes = {420102, 430102, 350102, 330102, 340102, 440103};
    return homes[random.nextInt(homes.length)];
  }

  private void live(Life life, LocalDate born, boolean away, SplittableRandom random) {
    int birthMonth =
        (int) java.time.temporal.ChronoUnit.MONTHS.between(first, YearMonth.from(born));
    life.paysInDecember = random.nextDouble() < settings.of("december");
    int from = Math.max(0, birthMonth);
    Kind kind = null;
    Employer employer = null;
    int place = 0;
    int start = from;
    for (int month = from; month < months; month++) {
      int age = (month - birthMonth) / 12;
      Kind before = kind;
      Employer employerBefore = employer;
      int placeBefore = place;
      if (kind == null) {
        kind = initial(life, age, away, random);
        if (kind == Kind.RETIRED) {
          int since = first.getYear() - Math.max(0, age - 60) - random.nextInt(2);
          life.pensionSince = Math.min(since, first.getYear() - 1) * 100 + 1 + random.nextInt(12);
        }
      } else {
        kind = next(life, kind, age, month, random);
      }
      if (kind != before
          || (kind == Kind.FORMAL && random.nextDouble() < settings.of("separation") * 0.5)) {
        employer = kind == Kind.FORMAL ? employer(life, random) : null;
        place = place(life, kind, employer, random);
      }
      if (before != null
          && (kind != before || employer != employerBefore || place != placeBefore)) {
        life.spells.add(new Life.Spell(start, month - 1, before, employerBefore, placeBefore));
        start = month;
      }
      if (random.nextDouble() < mortality(age)) {
        life.diedMonth = month;
        YearMonth when = first.plusMonths(month);
        life.died = when.getYear() * 10_000 + when.getMonthValue() * 100 + 1 + random.nextInt(28);
        life.spells.add(new Life.Spell(start, month, kind, employer, place));
        return;
      }
    }
    if (kind != null) {
      life.spells.add(new Life.Spell(start, months - 1, kind, employer, place));
    }
  }

  private static double mortality(int age) {
    return age < 50 ? 0.00008 : age < 65 ? 0.0006 : age < 80 ? 0.003 : 0.01;
  }

  private Kind initial(Life life, int age, boolean away, SplittableRandom random) {
    if (age < 16) {
      return Kind.CHILD;
    }
    double u = random.nextDouble();
    if (age >= retirement(life)) {
      return u < (life.rural ? 0.08 : 0.65)
          ? Kind.RETIRED
          : u < (life.rural ? 0.45 : 0.66) && age < 72
              ? Kind.FARMING
              : life.rural ? Kind.UNABLE : Kind.OTHER;
    }
    if (away) {
      return u < 0.93 ? Kind.OUT_OF_PROVINCE : Kind.OTHER;
    }
    if (age < 22 && u < settings.of("student")) {
      return Kind.STUDENT;
    }
    double v = random.nextDouble();
    Kind[] kinds = {
      Kind.FORMAL,
      Kind.FLEXIBLE,
      Kind.FARMING,
      Kind.LOCAL_INFORMAL,
      Kind.IN_PROVINCE,
      Kind.OUT_OF_PROVINCE,
      Kind.SELF_EMPLOYED,
      Kind.REGISTERED
    };
    double[] shares = {
      settings.of("formal") * (life.rural ? 0.55 : 1.25),
      settings.of("flexible"),
      life.rural ? settings.of("farming") : 0.01,
      settings.of("local-informal"),
      settings.of("in-province"),
      life.rural ? settings.of("out-of-province") : 0.03,
      settings.of("self-employed"),
      0.012
    };
    for (int i = 0; i < kinds.length; i++) {
      v -= shares[i];
      if (v < 0) {
        return kinds[i];
      }
    }
    return Kind.OTHER;
  }

  private static int retirement(Life life) {
    return life.sex == 1 ? 60 : 55;
  }

  private Kind next(Life life, Kind kind, int age, int month, SplittableRandom random) {
    double u = random.nextDouble();
    int calendar = first.plusMonths(month).getMonthValue();
    if (age == retirement(life) && (kind == Kind.FORMAL || kind == Kind.FLEXIBLE)) {
      YearMonth since = first.plusMonths(month);
      life.pensionSince = since.getYear() * 100 + since.getMonthValue();
      return Kind.RETIRED;
    }
    return switch (kind) {
      case CHILD -> age < 16 ? Kind.CHILD : Kind.STUDENT;
      case STUDENT ->
          calendar == 7 && (age >= 22 || (age >= 18 && u < 0.4))
              ? graduate(u, random)
              : Kind.STUDENT;
      case FORMAL -> {
        double hazard =
            settings.of("separation") * 0.5 * (calendar == 2 ? 1.8 : calendar == 6 ? 1.2 : 0.9);
        if (u >= hazard) {
          yield Kind.FORMAL;
        }
        yield random.nextDouble() < settings.of("registration")
            ? Kind.REGISTERED
            : random.nextDouble() < 0.5 ? Kind.LOCAL_INFORMAL : Kind.OTHER;
      }
      case REGISTERED ->
          u < settings.of("re-employment")
              ? (random.nextDouble() < 0.7 ? Kind.FORMAL : Kind.FLEXIBLE)
              : Kind.REGISTERED;
      case OTHER ->
          age < 58 && u < 0.006
              ? (random.nextDouble() < 0.4 ? Kind.FORMAL : Kind.LOCAL_INFORMAL)
              : Kind.OTHER;
      case LOCAL_INFORMAL -> u < 0.006 ? Kind.FORMAL : Kind.LOCAL_INFORMAL;
      case FLEXIBLE -> u < 0.004 ? Kind.FORMAL : Kind.FLEXIBLE;
      default -> kind;
    };
  }

  private static Kind graduate(double u, SplittableRandom random) {
    int v = random.nextInt(100);
    return v < 55
        ? Kind.FORMAL
        : v < 65
            ? Kind.REGISTERED
            : v < 85 ? Kind.LOCAL_INFORMAL : u < 0.2 ? Kind.FLEXIBLE : Kind.OTHER;
  }

  private Employer employer(Life life, SplittableRandom random) {
    int where = random.nextInt(100) < 93 ? life.city : random.nextInt(cities.size());
    return employers.draw(where, random);
  }

  private int place(Life life, Kind kind, @Nullable Employer employer, SplittableRandom random) {
    return switch (kind) {
      case FORMAL -> employer == null ? 0 : employer.county();
      case FLEXIBLE, FARMING, LOCAL_INFORMAL, SELF_EMPLOYED -> life.residence;
      case IN_PROVINCE -> elsewhere(random);
      case OUT_OF_PROVINCE ->
          life.residence / 10_000 == 36
              ? PROVINCES[random.nextInt(PROVINCES.length)]
              : life.residence;
      default -> 0;
    };
  }
}
