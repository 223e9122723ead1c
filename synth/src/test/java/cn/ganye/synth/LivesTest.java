package cn.ganye.synth;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.synth.Life.Spell;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the answer key says of lives must hold before any file is made of it. */
class LivesTest {
  private static final int MONTHS = 36;
  private static final YearMonth FIRST = YearMonth.of(2023, 1);
  private static final List<Life> LIVES = new ArrayList<>();
  private static SynthOptions options;
  private static Settings settings;

  @BeforeAll
  static void live() {
    settings = new Settings();
    options = new SynthOptions(60_000, MONTHS, 5, Path.of("."), FIRST, List.of(Format.CSV), 1);
    List<City> cities = City.of(options.people(), settings);
    Shocks shocks = new Shocks(FIRST, MONTHS);
    Employers employers = new Employers(cities, options.seed(), shocks, MONTHS);
    Careers careers = new Careers(cities, employers, settings, shocks, FIRST, MONTHS);
    for (City city : cities) {
      LIVES.addAll(new Lives(city, careers, settings, FIRST, options.seed()).all());
    }
  }

  @Test
  void a_life_has_one_state_a_month_without_a_gap_until_death() {
    for (Life life : LIVES) {
      for (int i = 1; i < life.spells.length; i++) {
        assertThat(life.spells[i].from()).isEqualTo(life.spells[i - 1].to() + 1);
      }
      Spell last = life.last();
      if (last != null) {
        assertThat(last.to()).isEqualTo(Math.min(MONTHS - 1, life.diedMonth));
      }
    }
  }

  @Test
  void nobody_goes_to_school_again_after_graduation_in_june() {
    int graduates = 0;
    for (Life life : LIVES) {
      boolean left = false;
      for (Spell spell : life.spells) {
        assertThat(left && spell.kind() == Kind.STUDENT).isFalse();
        if (spell.kind() == Kind.STUDENT
            && spell.to() + 1 < MONTHS
            && spell.to() != life.diedMonth) {
          assertThat(FIRST.plusMonths(spell.to()).getMonthValue()).isEqualTo(6);
          left = true;
          graduates++;
        }
      }
    }
    assertThat(graduates).isGreaterThan(100);
  }

  @Test
  void nobody_is_paid_after_death_or_by_an_enterprise_that_is_not_open() {
    for (Life life : LIVES) {
      for (Spell spell : life.spells) {
        assertThat(spell.to()).isLessThanOrEqualTo(life.diedMonth);
        assertThat(spell.kind().isJob()).isEqualTo(spell.employer() != null);
        if (spell.employer() != null) {
          assertThat(spell.to()).isLessThan(spell.employer().closes());
          assertThat(spell.from()).isGreaterThanOrEqualTo(spell.employer().opens());
        }
      }
    }
  }

  @Test
  void a_move_to_another_county_persists() {
    int movers = 0;
    for (Life life : LIVES) {
      if (life.moves < MONTHS) {
        movers++;
        for (Spell spell : life.spells) {
          if (spell.kind() == Kind.FLEXIBLE || spell.kind() == Kind.SELF_EMPLOYED) {
            assertThat(spell.place())
                .isEqualTo(spell.from() >= life.moves ? life.movedTo : life.residence);
          }
        }
      }
    }
    assertThat((double) movers / LIVES.size()).isBetween(0.02, 0.05);
  }

  /** Of jobs that begin in the first year, how many last a year: 0.72 to 0.92. */
  @Test
  void tenure_lies_in_its_range() {
    assertThat(lasting(kind -> kind.isJob(), 12)).isBetween(0.72, 0.92);
  }

  /** Of registrations of the first year, how many still last after a year: 0.15 to 0.45. */
  @Test
  void re_employment_lies_in_its_range() {
    int begun = 0;
    int lasting = 0;
    Registers registers = new Registers(options, settings);
    for (Life life : LIVES) {
      for (Registers.Unemployment one : registers.unemployment(life)) {
        if (one.month() > 0 && one.month() < 12) {
          Spell after = life.at(one.month() + 12);
          begun++;
          lasting += after != null && after.kind().isRegistered() ? 1 : 0;
        }
      }
    }
    assertThat(begun).isGreaterThan(100);
    assertThat((double) lasting / begun).isBetween(0.15, 0.45);
  }

  private static double lasting(Predicate<Kind> kind, int months) {
    int begun = 0;
    int lasting = 0;
    for (Life life : LIVES) {
      for (Spell spell : life.spells) {
        if (kind.test(spell.kind()) && spell.from() > 0 && spell.from() < 12) {
          begun++;
          lasting += spell.to() - spell.from() >= months ? 1 : 0;
        }
      }
    }
    assertThat(begun).isGreaterThan(100);
    return (double) lasting / begun;
  }

  /** Census of 2020: 0–14 years 21.96 percent of residents, 60 and over 16.87 percent. */
  @Test
  void ages_follow_the_census() {
    List<Life> residents =
        LIVES.stream()
            .filter(life -> life.residence / 10_000 == 36 && life.birthDay < 20230101)
            .toList();
    double young = residents.stream().filter(life -> life.age(202301) < 15).count();
    double old = residents.stream().filter(life -> life.age(202301) >= 60).count();
    assertThat(young / residents.size()).isBetween(0.205, 0.235);
    assertThat(old / residents.size()).isBetween(0.155, 0.185);
  }

  @Test
  void an_industry_collapses_in_one_county() {
    Shocks shocks = new Shocks(FIRST, MONTHS);
    int before = 0;
    int after = 0;
    for (Life life : LIVES) {
      before += struck(life.at(shocks.collapseMonth() - 1));
      after += struck(life.at(shocks.collapseMonth()));
    }
    assertThat(before).isGreaterThan(30);
    assertThat((double) after / before).isBetween(0.2, 0.45);
  }

  /** Jobs of the declining city end more often than before it declines; those elsewhere do not. */
  @Test
  void one_city_declines_slowly() {
    double before = leaving(true, 1, MONTHS / 3);
    double after = leaving(true, MONTHS / 3, MONTHS);
    assertThat(after / before).isBetween(1.3, 2.4);
    assertThat(leaving(false, MONTHS / 3, MONTHS) / leaving(false, 1, MONTHS / 3))
        .isBetween(0.75, 1.3);
  }

  /** Of the jobs of a month at enterprises that last, the share that has ended in the next. */
  private static double leaving(boolean declining, int from, int until) {
    int jobs = 0;
    int left = 0;
    for (Life life : LIVES) {
      for (int month = from; month < until; month++) {
        Spell before = life.at(month - 1);
        Employer employer = before == null ? null : before.employer();
        if (employer == null
            || employer.layoff() >= 0
            || employer.closes() < MONTHS
            || (employer.county() / 100 * 100 == Shocks.DECLINE_CITY) != declining) {
          continue;
        }
        Spell now = life.at(month);
        jobs++;
        left += now == null || !now.kind().isJob() ? 1 : 0;
      }
    }
    return (double) left / jobs;
  }

  /**
   * Census communiqué of Jiangxi 2020, per hundred people: 11.9 university and college, 15.1 senior
   * secondary, 35.5 junior secondary, 27.5 primary (grade M: from general knowledge).
   */
  @Test
  void schooling_follows_the_census() {
    assertThat(schooled("大学本科教育", "大学专科教育")).isBetween(9.9, 13.9);
    assertThat(schooled("普通高级中学教育")).isBetween(13.1, 17.1);
    assertThat(schooled("初级中学教育")).isBetween(33.5, 37.5);
    assertThat(schooled("小学教育")).isBetween(25.5, 29.5);
  }

  private static double schooled(String... levels) {
    List<Life> there = LIVES.stream().filter(life -> life.birthDay < 20230101).toList();
    long schooled = there.stream().filter(life -> List.of(levels).contains(life.education)).count();
    return 100.0 * schooled / there.size();
  }

  private static int struck(Spell spell) {
    Employer employer = spell == null ? null : spell.employer();
    return employer != null
            && employer.county() == Shocks.COLLAPSE_COUNTY
            && employer.division().equals(Shocks.COLLAPSE_DIVISION)
        ? 1
        : 0;
  }
}
