package cn.ganye.server.analysis.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A figure that a map shows and a series draws: region by region, month by month. A rate is a part
 * and what it is a part of, never a quotient.
 */
public enum Measure {
  RESIDENTS(Source.STOCK, "人口", "人", 0, "TRUE", null, "当月在世、户籍或常住在本省的人，每人在每一种地各计一次。"),
  WORKING_AGE(
      Source.STOCK,
      "劳动年龄人口",
      "人",
      0,
      "age_group BETWEEN 16 AND 55",
      null,
      "16 至 59 周岁。法定退休年龄另计，不用于此。"),
  EMPLOYED(
      Source.STOCK,
      "就业人数",
      "人",
      1,
      "status = 'EMPLOYED'",
      null,
      "当月任一日有就业证据的人（缴费、备案、公益性岗位、村里登记等），推断。"),
  UNEMPLOYED(
      Source.STOCK,
      "失业人数",
      "人",
      -1,
      "status = 'UNEMPLOYED'",
      null,
      "登记失业或领取失业保险金且没有就业证据的人，推断，非调查失业。"),
  OUTSIDE(
      Source.STOCK,
      "非劳动力",
      "人",
      0,
      "status = 'OUTSIDE_LABOUR_FORCE'",
      null,
      "在校、领养老金、服役、服刑或不满 16 周岁，且没有就业证据的人。"),
  UNKNOWN(Source.STOCK, "状态未知", "人", 0, "status = 'UNKNOWN'", null, "没有任何来源说到其就业状态的人。"),
  FLEXIBLE(
      Source.STOCK,
      "灵活就业",
      "人",
      1,
      "status = 'EMPLOYED' AND basis = 'flexible'",
      null,
      "当月依据为灵活就业（以个人身份缴费或登记）的就业者。"),
  EMPLOYMENT_RATE(
      Source.STOCK,
      "推断就业率",
      "%",
      1,
      "status = 'EMPLOYED' AND age_group BETWEEN 16 AND 55",
      "age_group BETWEEN 16 AND 55",
      "劳动年龄人口中就业的比重，推断。状态未知的人在分母中。"),
  UNEMPLOYMENT_RATE(
      Source.STOCK,
      "推断失业率",
      "%",
      -1,
      "status = 'UNEMPLOYED'",
      "status IN ('EMPLOYED', 'UNEMPLOYED')",
      "失业 ÷（就业 + 失业），推断，非调查失业率。"),
  UNKNOWN_SHARE(Source.STOCK, "状态未知比重", "%", 0, "status = 'UNKNOWN'", "TRUE", "人口中没有任何来源说到其状态的比重。"),
  AWAY(
      Source.ORIGIN,
      "省外就业",
      "人",
      0,
      "to_region NOT IN ('000000', '999999') AND SUBSTR(to_region, 1, 2) <> SUBSTR(from_region, 1, 2)",
      null,
      "户籍在此、在外省就业的人，推断。"),
  AWAY_SHARE(
      Source.ORIGIN,
      "省外就业比重",
      "%",
      0,
      "to_region NOT IN ('000000', '999999') AND SUBSTR(to_region, 1, 2) <> SUBSTR(from_region, 1, 2)",
      "to_region <> '000000'",
      "户籍在此的就业者中在外省就业的比重，推断。"),
  HIRES(Source.FLOW, "新进", "个岗位", 1, "a", null, "上月没有缴费、本月有缴费的岗位（人 × 单位 × 就业地）。"),
  SEPARATIONS(Source.FLOW, "离开", "个岗位", -1, "s", null, "本月有缴费、下月没有缴费的岗位（人 × 单位 × 就业地）。"),
  HIRE_RATE(Source.FLOW, "新进率", "%", 1, "a", "(b + e) / 2", "新进 ÷ 月初月末岗位的平均数。"),
  SEPARATION_RATE(Source.FLOW, "离开率", "%", -1, "s", "(b + e) / 2", "离开 ÷ 月初月末岗位的平均数。"),
  BASE(Source.BASE, "人均缴费基数", "元", 1, "base_sum / 100", "headcount", "单位缴费基数之和 ÷ 缴费人数。缴费基数不是工资。"),
  REGISTERED_UNEMPLOYED(
      Source.REGISTERED,
      "登记失业",
      "人",
      -1,
      "measure = 'stock'",
      null,
      "月末登记失业人数，按自然月，登记数，不是推断；按登记所在地。"),
  NEW_URBAN_EMPLOYMENT(
      Source.NEW_EMPLOYMENT,
      "城镇新增就业",
      "人",
      1,
      "verdict = 'counted'",
      null,
      "当月就业登记中计入城镇新增就业的人数，未减自然减员，按自然月，登记数；按登记所在地。"),
  VACANCY_RATIO(
      Source.SUPPLY,
      "求人倍率",
      "倍",
      0,
      "heads",
      "people",
      "当季招聘人数 ÷ 求职人数，按季，登记数。招聘人数为公共招聘网在招岗位所需人数；尚无求职登记，求职人数取季内失业登记在册者。"),
  VACANCIES(Source.SUPPLY, "招聘人数", "人", 0, "heads", null, "当季公共招聘网在招岗位所需的人数，按季，登记数。"),
  NO_WORK_HOUSEHOLDS(
      Source.HOUSEHOLD,
      "疑似零就业家庭",
      "户",
      -1,
      "suspected_zero_employment",
      null,
      "有能工作的人而无人就业的户，推断，待上门核实；按户主常住地。");

  /** The mart that a measure is read from. */
  public enum Source {
    /** People by status: by all four regions, by industry where the grain allows, by key group. */
    STOCK("stock", "region", List.of("residence", "hukou", "work", "insured")),
    /** People by hukou and place of work. */
    ORIGIN("od", "from_region", List.of("hukou")),
    FLOW("(SELECT *, CAST(period AS INTEGER) AS month FROM flow) f", "region", List.of("work")),
    BASE("industry_month", "region", List.of("work")),
    REGISTERED("registered_unemployment", "region", List.of("register")),
    NEW_EMPLOYMENT("new_urban_employment", "region", List.of("register")),
    /** Vacancies and seekers of the quarter that a month belongs to. */
    SUPPLY("supply_month", "region", List.of("register")),
    HOUSEHOLD("household_month", "region", List.of("residence"));

    private final String mart;
    private final String region;
    private final List<String> regionBy;

    Source(String mart, String region, List<String> regionBy) {
      this.mart = mart;
      this.region = region;
      this.regionBy = regionBy;
    }

    /** What to select from; with a column month, a number yyyymm. */
    public String mart() {
      return mart;
    }

    /** The county that a row counts for, in SQL. */
    public String region() {
      return region;
    }

    /** Whether rows are counts of people with a key for noise, told apart by a condition. */
    public boolean counted() {
      return this == STOCK || this == ORIGIN || this == REGISTERED || this == NEW_EMPLOYMENT;
    }

    /**
     * Whether what a figure is a part of is a count of people with a key, though the part is none.
     */
    public boolean ofPeople() {
      return this == SUPPLY;
    }

    /** Whether rows stand once by the calendar and once by the month of reports. */
    public boolean byCalendar() {
      return this == REGISTERED || this == NEW_EMPLOYMENT;
    }

    /** Whether rows are told apart by section. */
    boolean byIndustry() {
      return this == STOCK || this == FLOW || this == BASE;
    }
  }

  private final Source source;
  private final String title;
  private final String unit;
  private final int good;
  private final String part;
  private final @Nullable String of;
  private final String definition;

  Measure(
      Source source,
      String title,
      String unit,
      int good,
      String part,
      @Nullable String of,
      String definition) {
    this.source = source;
    this.title = title;
    this.unit = unit;
    this.good = good;
    this.part = part;
    this.of = of;
    this.definition = definition;
  }

  public Source source() {
    return source;
  }

  public String title() {
    return title;
  }

  public String unit() {
    return unit;
  }

  /** 1 if more of it is good news, −1 if less is, 0 if neither. */
  public int good() {
    return good;
  }

  public String definition() {
    return definition;
  }

  /** What is counted: a condition on rows of counted sources, else a sum's term. */
  public String part() {
    return part;
  }

  /** What it is a part of, in the same way; null for plain counts. */
  public @Nullable String of() {
    return of;
  }

  /**
   * The terms whose sums are counts of few people or jobs, for sources that have no key: what is
   * withheld hangs on them. Vacancies are told to everybody.
   */
  public List<String> sensitive() {
    return switch (source) {
      case FLOW -> of == null ? List.of(part) : List.of(part, "b + e");
      case BASE -> List.of("headcount");
      case HOUSEHOLD -> List.of(part);
      default -> List.of();
    };
  }

  /** By which places it can be asked for; the first is the usual one. */
  public List<String> regionBy() {
    return this == EMPLOYED ? List.of("work", "residence", "hukou", "insured") : source.regionBy;
  }

  /** Whether offices registered it, or it is inferred from what they did. */
  public String nature() {
    return hangsOnStatus() || source == Source.HOUSEHOLD ? "inferred" : "registered";
  }

  /** Whether the people whom it counts, or whom it is a ratio to, are known one by one. */
  public boolean hasPeople() {
    return switch (source) {
      case STOCK, ORIGIN, REGISTERED, NEW_EMPLOYMENT, HOUSEHOLD -> true;
      case SUPPLY -> of != null;
      case FLOW, BASE -> false;
    };
  }

  /** What the enterprises behind it are ordered by; null if none are known. */
  public @Nullable String enterprises() {
    return switch (this) {
      case HIRES, HIRE_RATE -> "hires";
      case SEPARATIONS, SEPARATION_RATE -> "separations";
      case BASE -> "jobs";
      case VACANCIES, VACANCY_RATIO -> "heads";
      default -> null;
    };
  }

  /** Whether it can be asked for within one section. */
  boolean byIndustry() {
    return this == EMPLOYED || (source.byIndustry() && source != Source.STOCK);
  }

  /** Whether it can be asked for within a key group. */
  boolean byGroup() {
    return source == Source.STOCK && !part.contains("basis");
  }

  /** Whether the people behind it can be asked for within a key group. */
  boolean groupsBehind() {
    return byGroup() || source == Source.SUPPLY;
  }

  /** Whether it is missing where the people's status hangs on a file that has not come. */
  boolean hangsOnStatus() {
    return source == Source.ORIGIN || (source == Source.STOCK && part.contains("status"));
  }

  /** The word in requests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Measure> of(String word) {
    return Arrays.stream(values()).filter(m -> m.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Measure::word).toList();
  }
}
