package cn.ganye.pool.derivation;

import cn.ganye.engine.Engine;
import cn.ganye.pool.contract.CodeList;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.intake.RefusalReason;
import cn.ganye.pool.lake.Load;
import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.reference.Parameter;
import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.reference.RetirementAge;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tables of reference facts that steps read: calendars, settings, ages, industries, code lists. */
public final class FactTables {
  /** First and last month of the calendar that steps see, as months since year 0. */
  private static final int FIRST_MONTH = 1800 * 12;

  private static final int LAST_MONTH = 2100 * 12 - 1;

  /** Days are known one by one for the years that registers speak of. */
  private static final int FIRST_DAY_YEAR = 1980;

  private static final int LAST_DAY_YEAR = 2100;

  /** Nobody alive was born before. */
  private static final int FIRST_BIRTH_YEAR = 1890;

  /** The day after the last one has a number that no other has. */
  private static final String DAY_NUMBER =
      """
      CREATE TABLE day_number AS
      SELECT CAST(strftime(day, '%%Y%%m%%d') AS INTEGER) AS day, CAST(day - DATE '1970-01-01' AS BIGINT) AS number
      FROM (SELECT CAST(unnest(range(DATE '%1$d-01-01', DATE '%2$d-01-01', INTERVAL 1 DAY)) AS DATE) AS day)
      UNION ALL
      SELECT %2$d0101, 99999
      """;

  private static final String CALENDAR_DAY =
      """
      CREATE TABLE calendar_day AS
      SELECT c.calendar, CAST(m.month * 100 + d.day AS INTEGER) AS day,
             CASE WHEN c.calendar = 'reporting' AND d.day > %1$d THEN m.month_ix + 1 ELSE m.month_ix END AS month_ix
      FROM month m
      CROSS JOIN range(1, 32) d(day)
      CROSS JOIN (VALUES ('calendar'), ('reporting')) c(calendar)
      WHERE m.month_ix >= %2$d * 12 AND m.month_ix < %3$d * 12
      """;

  private static final LocalDate END_OF_DAYS = LocalDate.of(9999, 12, 31);

  private FactTables() {}

  /** Makes them, and those about months that loads speak of; returns the window. */
  public static Window make(Engine engine, Contracts contracts, List<Load> loads, String home) {
    months(engine);
    Window window = LedgerTables.months(engine, contracts, loads);
    engine.table(
        "pool_window",
        "first_ix BIGINT, last_ix BIGINT",
        List.<Object[]>of(new Object[] {(long) window.first(), (long) window.last()}));
    periods(engine, window);
    List<Object[]> spans = new ArrayList<>();
    for (int months = 1; months <= window.last() - window.first() + 1; months++) {
      for (int offset = 0; offset < months; offset++) {
        spans.add(new Object[] {(long) months, (long) offset});
      }
    }
    engine.table("span", "months BIGINT, offset_months BIGINT", spans);
    List<Object[]> bands = new ArrayList<>();
    int[] ages = {0, 15, 16, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 300};
    for (int i = 0; i + 1 < ages.length; i++) {
      bands.add(new Object[] {ages[i], ages[i], ages[i + 1]});
    }
    engine.table("age_band", "age_group INTEGER, from_age INTEGER, to_age INTEGER", bands);
    List<Object[]> industries = new ArrayList<>();
    for (Industry industry : Industries.all()) {
      industries.add(
          new Object[] {
            industry.code(),
            industry.section(),
            industry.code().length() == 2 ? industry.code() : "?"
          });
    }
    engine.table("industry_class", "code VARCHAR, section VARCHAR, division VARCHAR", industries);
    settings(engine, home);
    calendars(engine, window);
    counties(engine, home);
    retirement(engine);
    lookback(engine);
    precedence(engine);
    codeLists(engine, contracts, home);
    codes(engine);
    return window;
  }

  /** Settings of ours: {@code setting} has those in force last, {@code dated_setting} all. */
  private static void settings(Engine engine, String home) {
    Map<String, Object[]> latest = new TreeMap<>();
    List<Object[]> dated = new ArrayList<>();
    latest.put("home-province", new Object[] {"home-province", Long.parseLong(home) * 10_000});
    for (Parameter parameter : Parameter.all()) {
      if (parameter.grade().equals("S")) {
        String name = parameter.id() + (parameter.key().isEmpty() ? "" : "-" + parameter.key());
        long value = parameter.value().longValueExact();
        latest.put(name, new Object[] {name, value});
        dated.add(
            new Object[] {
              name, day(parameter.from()), day(parameter.until().orElse(END_OF_DAYS)), value
            });
      }
    }
    engine.table("setting", "name VARCHAR, value BIGINT", List.copyOf(latest.values()));
    engine.table(
        "dated_setting", "name VARCHAR, from_day INTEGER, to_day INTEGER, value BIGINT", dated);
  }

  private static int day(LocalDate date) {
    return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
  }

  /**
   * Days: {@code day_number} counts them, {@code calendar_day} says in which month each one counts
   * by the calendar and by the reporting month, which may end before the calendar's does; a day 31
   * stands for the end of any month. {@code calendar_month} has the window's months.
   */
  private static void calendars(Engine engine, Window window) {
    engine.execute("day_number", DAY_NUMBER.formatted(FIRST_DAY_YEAR, LAST_DAY_YEAR));
    engine.execute(
        "calendar_day",
        CALENDAR_DAY.formatted(
            Parameter.setting("reporting-month-ends", "").longValueExact(),
            FIRST_DAY_YEAR,
            LAST_DAY_YEAR));
    List<Object[]> months = new ArrayList<>();
    for (String calendar : List.of("calendar", "reporting")) {
      for (int index = window.first(); index <= window.last(); index++) {
        months.add(new Object[] {calendar, (long) index, Window.month(index)});
      }
    }
    engine.table("calendar_month", "calendar VARCHAR, month_ix BIGINT, month INTEGER", months);
  }

  private static void counties(Engine engine, String home) {
    List<Object[]> counties = new ArrayList<>();
    for (Region county : Regions.china().counties(home)) {
      int six = county.six();
      counties.add(new Object[] {six, six - six % 100, six - six % 10_000});
    }
    engine.table("home_county", "region INTEGER, city INTEGER, province INTEGER", counties);
  }

  /**
   * The legal age of retirement in months, by month of birth; women by the later of their lines.
   */
  private static void retirement(Engine engine) {
    List<Object[]> ages = new ArrayList<>();
    for (RetirementAge age : RetirementAge.all()) {
      if (age.line().equals(RetirementAge.Line.WORKER_WOMAN)) {
        continue;
      }
      String sex = age.line() == RetirementAge.Line.MAN ? "1" : "2";
      int from = Math.max(Window.index(age.fromBirth()), FIRST_BIRTH_YEAR * 12);
      for (int birth = from; birth <= Window.index(age.toBirth()); birth++) {
        for (String code : sex.equals("1") ? List.of("1", "9") : List.of("2")) {
          ages.add(new Object[] {code, (long) birth, (long) age.months()});
        }
      }
    }
    engine.table("retirement_age", "sex VARCHAR, birth_ix BIGINT, months BIGINT", ages);
  }

  /** {@code precedence} has with each line the industry of somebody who does not work. */
  private static void precedence(Engine engine) {
    List<Object[]> order = new ArrayList<>();
    Map<String, Object[]> bases = new TreeMap<>();
    List<Object[]> datasets = new ArrayList<>();
    for (Precedence line : Precedence.document()) {
      order.add(new Object[] {line.rank(), line.evidence(), line.basis(), line.status(), "-"});
      bases.put(line.basis(), new Object[] {line.basis(), line.status()});
      if (!line.dataset().isEmpty()) {
        datasets.add(new Object[] {line.evidence(), line.dataset()});
      }
    }
    engine.table(
        "precedence",
        "rank INTEGER, evidence VARCHAR, basis VARCHAR, status VARCHAR, industry VARCHAR",
        order);
    engine.table("basis_status", "basis VARCHAR, status VARCHAR", List.copyOf(bases.values()));
    engine.table("evidence_dataset", "evidence VARCHAR, dataset VARCHAR", datasets);
  }

  /** How many periods a new hire must not have held the job. */
  public static void lookback(Engine engine) {
    engine.table(
        "lookback",
        "frequency VARCHAR, periods BIGINT",
        List.of(
            new Object[] {"month", Parameter.setting("hire-lookback", "month").longValueExact()},
            new Object[] {
              "quarter", Parameter.setting("hire-lookback", "quarter").longValueExact()
            }));
  }

  private static void months(Engine engine) {
    List<Object[]> months = new ArrayList<>();
    for (int index = FIRST_MONTH; index <= LAST_MONTH; index++) {
      months.add(new Object[] {Window.month(index), (long) index});
    }
    engine.table("month", "month INTEGER, month_ix BIGINT", months);
  }

  private static void periods(Engine engine, Window window) {
    List<Object[]> periods = new ArrayList<>();
    for (int index = window.first(); index <= window.last(); index++) {
      periods.add(new Object[] {"month", (long) index, Integer.toString(Window.month(index))});
      if (index % 3 == 2 && index - 2 >= window.first()) {
        periods.add(
            new Object[] {"quarter", (long) (index / 3), index / 12 + "Q" + (index % 12 / 3 + 1)});
      }
    }
    engine.table("period", "frequency VARCHAR, period_ix BIGINT, period VARCHAR", periods);
  }

  private static void codeLists(Engine engine, Contracts contracts, String home) {
    List<Object[]> codes = new ArrayList<>();
    for (Map.Entry<String, CodeList> list : contracts.lists().entrySet()) {
      list.getValue().codes().forEach(code -> codes.add(new Object[] {list.getKey(), code}));
    }
    for (String other : List.of("-", "?", "*")) {
      codes.add(new Object[] {"industry", other});
    }
    codes.add(new Object[] {"education", "*"});
    for (RefusalReason reason : RefusalReason.values()) {
      codes.add(new Object[] {"refusal-reason", reason.code()});
    }
    facts(contracts).forEach(fact -> codes.add(new Object[] {"fact", fact}));
    contracts.all().forEach(contract -> codes.add(new Object[] {"dataset", contract.id()}));
    codes.add(new Object[] {"dataset", ""});
    for (String special : List.of("000000", "999999")) {
      codes.add(new Object[] {"region", special});
    }
    for (Region province : Regions.china().provinces()) {
      codes.add(new Object[] {"region", province.code() + "0000"});
      boolean own = province.code().equals(home);
      for (Region city : Regions.china().children(province.code())) {
        if (own) {
          codes.add(new Object[] {"region", city.code() + "00"});
        }
        Regions.china()
            .children(city.code())
            .forEach(county -> codes.add(new Object[] {"region", county.code()}));
      }
    }
    for (int index = 1990 * 12; index < 2100 * 12; index++) {
      codes.add(new Object[] {"period", Integer.toString(Window.month(index))});
      if (index % 3 == 2) {
        codes.add(new Object[] {"period", index / 12 + "Q" + (index % 12 / 3 + 1)});
      }
    }
    engine.table("code_list", "list VARCHAR, code VARCHAR", codes);
    for (String list :
        engine.read("SELECT DISTINCT list FROM code_list", row -> row.getString(1))) {
      engine.codeList(
          list,
          "SELECT DISTINCT code FROM code_list WHERE list = "
              + Engine.literal(list)
              + " ORDER BY code");
    }
  }

  /** What is compared with columns of codes, or taken over into them, is held as those are. */
  private static void codes(Engine engine) {
    engine.codes(
        "precedence",
        Map.of(
            "evidence", "evidence", "basis", "basis", "status", "status", "industry", "industry"));
    engine.codes("basis_status", Map.of("basis", "basis", "status", "status"));
    engine.codes("evidence_dataset", Map.of("evidence", "evidence", "dataset", "dataset"));
    engine.codes("industry_class", Map.of("section", "industry", "division", "industry"));
    engine.codes("retirement_age", Map.of("sex", "sex"));
    engine.codes("lookback", Map.of("frequency", "frequency"));
    engine.codes("period", Map.of("frequency", "frequency", "period", "period"));
  }

  /**
   * Words of facts in a person's file: bases, kinds of evidence, and kinds of what is paid or
   * recognised.
   */
  private static Set<String> facts(Contracts contracts) {
    Set<String> facts = new TreeSet<>(contracts.list("fact").codes());
    facts.addAll(contracts.list("basis").codes());
    facts.addAll(contracts.list("evidence").codes());
    contracts.list("subsidy-kind").codes().forEach(code -> facts.add("subsidy-" + code));
    contracts.list("hardship-kind").codes().forEach(code -> facts.add("hardship-" + code));
    contracts.list("disability-kind").codes().forEach(code -> facts.add("disability-" + code));
    contracts.list("graduate-placement").codes().forEach(code -> facts.add("graduated-" + code));
    return facts;
  }
}
