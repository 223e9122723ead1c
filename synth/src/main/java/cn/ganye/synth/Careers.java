package cn.ganye.synth;

import cn.ganye.reference.RetirementAge;
import cn.ganye.synth.Life.Spell;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lets a person live through the window, one month after the other: school, first job, changes,
 * dispatch, farming and migration, own business, layoff, benefit, welfare posts, illness, pension,
 * death. Who works in the villages comes and goes at Spring Festival.
 */
final class Careers {
  private static final int[] PROVINCES = {
    440000, 440000, 440000, 440300, 441900, 330000, 330000, 330100, 350000, 310000, 320000, 420000,
    430000, 110000
  };
  private static final int SPRING_FESTIVAL = 2;
  private static final int LONGEST_WELFARE = 36;
  private static final int SERVICE = 24;

  private final List<City> cities;
  private final Employers employers;
  private final Settings settings;
  private final Shocks shocks;
  private final YearMonth first;
  private final int months;

  Careers(
      List<City> cities,
      Employers employers,
      Settings settings,
      Shocks shocks,
      YearMonth first,
      int months) {
    this.cities = cities;
    this.employers = employers;
    this.settings = settings;
    this.shocks = shocks;
    this.first = first;
    this.months = months;
  }

  /** Where somebody goes who leaves the province. */
  static int away(SplittableRandom random) {
    return PROVINCES[random.nextInt(PROVINCES.length)];
  }

  /** One person's state while the months go by. */
  private static final class State {
    Kind kind = Kind.OTHER;
    @Nullable Employer employer;
    @Nullable Employer user;
    int place;
    int since;
    int tenure;
    int until = Integer.MAX_VALUE;
    final List<Spell> past = new ArrayList<>();
  }

  void live(Life life, LocalDate born, boolean away, SplittableRandom random) {
    int birthMonth = (int) ChronoUnit.MONTHS.between(first, YearMonth.from(born));
    int retiresAt =
        birthMonth
            + RetirementAge.months(
                life.sex == 1
                    ? RetirementAge.Line.MAN
                    : life.trait(1, 2) == 0
                        ? RetirementAge.Line.CADRE_WOMAN
                        : RetirementAge.Line.WORKER_WOMAN,
                YearMonth.from(born));
    life.paysInDecember = random.nextDouble() < settings.of("december");
    if (!away && random.nextDouble() < settings.of("moves") * months / 12) {
      life.moves = random.nextInt(months);
      life.movedTo = elsewhere(random);
    }
    State state = null;
    for (int month = Math.max(0, birthMonth); month < months; month++) {
      if (state == null) {
        state = begin(life, month, birthMonth, retiresAt, away, random);
      } else {
        step(life, state, month, birthMonth, retiresAt, random);
      }
      int age = (month - birthMonth) / 12;
      if (random.nextDouble() < mortality(age)) {
        die(life, state, month, random);
        return;
      }
    }
    if (state != null) {
      end(life, state, months - 1);
    }
  }

  private State begin(
      Life life, int month, int birthMonth, int retiresAt, boolean away, SplittableRandom random) {
    State state = new State();
    state.since = month;
    state.kind = initial(life, (month - birthMonth) / 12, month >= retiresAt, away, random);
    state.tenure = state.kind.isJob() ? random.nextInt(120) : 0;
    if (state.kind == Kind.RETIRED) {
      int since = Math.min(retiresAt, -1 - random.nextInt(12));
      life.pensionSince = Office.yyyymm(first.plusMonths(since));
    }
    settle(life, state, month, random);
    return state;
  }

  private void die(Life life, State state, int month, SplittableRandom random) {
    YearMonth when = first.plusMonths(month);
    life.diedMonth = month;
    life.died = Office.yyyymm(when) * 100 + 1 + random.nextInt(28);
    end(life, state, month);
  }

  private static void end(Life life, State state, int to) {
    close(state, to);
    life.spells = state.past.toArray(Spell[]::new);
  }

  private static void close(State state, int to) {
    state.past.add(new Spell(state.since, to, state.kind, state.employer, state.user, state.place));
  }

  private static double mortality(int age) {
    return age < 50 ? 0.00008 : age < 65 ? 0.0006 : age < 80 ? 0.003 : 0.01;
  }

  private void step(
      Life life, State state, int month, int birthMonth, int retiresAt, SplittableRandom random) {
    Kind before = state.kind;
    Employer employerBefore = state.employer;
    Kind next = next(life, state, month, (month - birthMonth) / 12, retiresAt, random);
    boolean changesJob =
        next.isJob()
            && before.isJob()
            && (next != before || random.nextDouble() < settings.of("job-to-job"));
    state.tenure =
        next.isJob() && before.isJob() ? state.tenure + 1 : next.isJob() ? 0 : state.tenure;
    if (next == before && !changesJob) {
      return;
    }
    close(state, month - 1);
    state.kind = next;
    state.since = month;
    settle(life, state, month, random);
    boolean same = next == before && state.employer == employerBefore;
    if (same) {
      Spell joined = state.past.removeLast();
      state.since = joined.from();
    }
  }

  /** Finds employer, place and how long a new state is to last. */
  private void settle(Life life, State state, int month, SplittableRandom random) {
    state.employer = null;
    state.user = null;
    state.until = Integer.MAX_VALUE;
    int home = life.home(month);
    switch (state.kind) {
      case FORMAL, DISPATCHED -> {
        Employer employer = employer(life, month, random);
        state.kind = employer.agency() ? Kind.DISPATCHED : Kind.FORMAL;
        state.employer = employer;
        state.user = employer.agency() ? user(life, month, random) : null;
        state.place = state.user != null ? state.user.county() : employer.county();
      }
      case TRAINEE -> {
        state.user = user(life, month, random);
        state.place = state.user.county();
        state.until = month + 3 + random.nextInt(9);
      }
      case BENEFIT -> {
        state.place = 0;
        state.until = month + Math.min(24, 3 + state.tenure / 12);
      }
      case WELFARE_URBAN -> {
        state.place = home;
        state.until = month + 12 + random.nextInt(LONGEST_WELFARE - 12);
      }
      case WELFARE_RURAL -> {
        state.place = home;
        state.until = month + 12;
      }
      case IN_SERVICE -> {
        state.place = 0;
        state.until = month + SERVICE;
      }
      case IN_PRISON -> {
        state.place = 0;
        state.until = month + 12 + random.nextInt(60);
      }
      case FLEXIBLE, FARMING, LOCAL_INFORMAL, SELF_EMPLOYED -> state.place = home;
      case IN_PROVINCE -> state.place = elsewhere(random);
      case OUT_OF_PROVINCE -> state.place = home / 10_000 == 36 ? away(random) : home;
      default -> state.place = 0;
    }
  }

  private Employer employer(Life life, int month, SplittableRandom random) {
    int where = random.nextInt(100) < 93 ? life.city : random.nextInt(cities.size());
    return employers.draw(where, month, random);
  }

  private Employer user(Life life, int month, SplittableRandom random) {
    for (int attempt = 0; attempt < 5; attempt++) {
      Employer user = employer(life, month, random);
      if (!user.agency()) {
        return user;
      }
    }
    return employers.byCity.get(life.city).getFirst();
  }

  int elsewhere(SplittableRandom random) {
    City other = cities.get(random.nextInt(cities.size()));
    return other.county(random.nextDouble());
  }

  private Kind initial(Life life, int age, boolean retired, boolean away, SplittableRandom random) {
    if (age < 16) {
      return Kind.CHILD;
    }
    double u = random.nextDouble();
    if (retired) {
      return u < (life.rural ? 0.08 : 0.65)
          ? Kind.RETIRED
          : life.rural && u < 0.45 && age < 72
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
      Kind.REGISTERED,
      Kind.WELFARE_RURAL,
      Kind.IN_PRISON
    };
    double[] shares = {
      settings.of("formal") * (life.rural ? 0.55 : 1.25),
      settings.of("flexible"),
      life.rural ? settings.of("farming") : 0,
      settings.of("local-informal") * (life.rural ? 1.3 : 1.6),
      life.rural ? settings.of("in-province") : 0.02,
      life.rural ? settings.of("out-of-province") : 0.03,
      settings.of("self-employed"),
      0.012,
      life.rural ? settings.of("rural-post") : 0,
      settings.of("prison")
    };
    for (int i = 0; i < kinds.length; i++) {
      v -= shares[i];
      if (v < 0) {
        return kinds[i];
      }
    }
    return Kind.OTHER;
  }

  private Kind next(
      Life life, State state, int month, int age, int retiresAt, SplittableRandom random) {
    Kind kind = state.kind;
    int calendar = first.plusMonths(month).getMonthValue();
    double u = random.nextDouble();
    if (month == retiresAt && (kind.isJob() || kind == Kind.FLEXIBLE || kind.isRegistered())) {
      life.pensionSince = Office.yyyymm(first.plusMonths(month));
      return Kind.RETIRED;
    }
    return switch (kind) {
      case CHILD -> age < 16 ? Kind.CHILD : Kind.STUDENT;
      case STUDENT ->
          calendar == 7 && (age >= 22 || (age >= 18 && u < 0.4)) ? graduate(random) : kind;
      case FORMAL, DISPATCHED -> leaveJob(state, month, calendar, u, random);
      case BENEFIT ->
          u < settings.of("re-employment") * 0.7
              ? Kind.FORMAL
              : month >= state.until ? Kind.REGISTERED : kind;
      case REGISTERED ->
          u < settings.of("re-employment")
              ? random.nextDouble() < 0.7 ? Kind.FORMAL : Kind.FLEXIBLE
              : month - state.since >= 6 && age >= 40 && u > 1 - settings.of("welfare-post")
                  ? Kind.WELFARE_URBAN
                  : u < settings.of("re-employment") + settings.of("informal-exit")
                      ? Kind.LOCAL_INFORMAL
                      : kind;
      case TRAINEE -> month < state.until ? kind : u < 0.6 ? Kind.FORMAL : Kind.OTHER;
      case WELFARE_RURAL -> month < state.until ? kind : Kind.FARMING;
      case WELFARE_URBAN, IN_SERVICE, IN_PRISON -> month < state.until ? kind : Kind.OTHER;
      case OTHER ->
          age < 58 && u < settings.of("first-job")
              ? random.nextDouble() < 0.6 ? Kind.FORMAL : Kind.FLEXIBLE
              : kind;
      case FARMING, LOCAL_INFORMAL, IN_PROVINCE, OUT_OF_PROVINCE ->
          calendar == SPRING_FESTIVAL
              ? afterFestival(life, kind, age, random)
              : kind == Kind.OUT_OF_PROVINCE && u < settings.of("return-mid-year")
                  ? Kind.FARMING
                  : kind;
      case FLEXIBLE -> u < 0.004 ? Kind.FORMAL : kind;
      default -> kind;
    };
  }

  private Kind leaveJob(State state, int month, int calendar, double u, SplittableRandom random) {
    Employer employer = state.employer;
    boolean closes = employer != null && month >= employer.closes();
    boolean laidOff =
        employer != null
            && month == employer.layoff()
            && random.nextDouble() < employer.layoffShare();
    int city = employer == null ? 0 : employer.county() / 100 * 100;
    double season = calendar == 2 ? 1.8 : calendar == 6 ? 1.2 : 0.9;
    double hazard = settings.of("separation") * 0.5 * season * shocks.decline(city, month);
    if (!closes && !laidOff && u >= hazard) {
      return state.kind;
    }
    double v = random.nextDouble();
    double registers = settings.of("registration") * (closes || laidOff ? 1.8 : 1);
    return v < registers
        ? state.tenure >= 12 ? Kind.BENEFIT : Kind.REGISTERED
        : v < registers + 0.25 ? Kind.LOCAL_INFORMAL : Kind.OTHER;
  }

  /** After Spring Festival some go, some stay at home, and most do what they did. */
  private Kind afterFestival(Life life, Kind kind, int age, SplittableRandom random) {
    double u = random.nextDouble();
    double formal = settings.of("festival-formal");
    if (age >= 66) {
      return u < 0.15 ? Kind.UNABLE : kind == Kind.OUT_OF_PROVINCE ? Kind.FARMING : kind;
    }
    if (u < settings.of("illness") && life.rural) {
      return Kind.UNABLE;
    }
    if (u < 0.80 || !life.rural) {
      return u > 1 - formal ? Kind.FORMAL : kind;
    }
    return switch (kind) {
      case FARMING -> u < 0.88 ? Kind.OUT_OF_PROVINCE : u < 0.93 ? Kind.IN_PROVINCE : kind;
      case OUT_OF_PROVINCE -> u < 0.87 ? Kind.FARMING : u < 0.90 ? Kind.LOCAL_INFORMAL : kind;
      default ->
          u < 0.85
              ? Kind.FARMING
              : u < 0.88 ? Kind.OUT_OF_PROVINCE : u < 0.88 + formal ? Kind.FORMAL : kind;
    };
  }

  private Kind graduate(SplittableRandom random) {
    int v = random.nextInt(100);
    return v < 48
        ? Kind.FORMAL
        : v < 56
            ? Kind.TRAINEE
            : v < 66
                ? Kind.REGISTERED
                : v < 69
                    ? Kind.IN_SERVICE
                    : v < 80 ? Kind.LOCAL_INFORMAL : v < 84 ? Kind.FLEXIBLE : Kind.OTHER;
  }
}
