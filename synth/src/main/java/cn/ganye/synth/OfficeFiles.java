package cn.ganye.synth;

import cn.ganye.reference.Industries;
import cn.ganye.reference.Outlines;
import cn.ganye.reference.RegionChange;
import cn.ganye.reference.Regions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** All files of one city's offices. */
final class OfficeFiles {
  /** What was written. */
  record Written(long files, long records, List<AnswerKey.Fault> faults) {}

  private final Office office;
  private final SynthOptions options;
  private final Settings settings;
  private final Employers employers;
  private final Shocks shocks;
  private final List<Life> lives;
  private final List<Life> workers;

  OfficeFiles(
      SynthOptions options,
      Settings settings,
      City city,
      Employers employers,
      Shocks shocks,
      List<Life> lives,
      List<Life> workers) {
    this.office = new Office(city, options);
    this.options = options;
    this.settings = settings;
    this.employers = employers;
    this.shocks = shocks;
    this.lives = lives;
    this.workers = workers;
  }

  Written write() throws IOException {
    residents();
    enterprises();
    insuredUnits();
    deceased();
    pensions();
    SocialInsuranceFiles insurance =
        new SocialInsuranceFiles(office, settings, shocks, workers, lives);
    Registers registers = new Registers(options, settings);
    RegisterFiles register = new RegisterFiles(office, settings, registers, lives, workers);
    VillageFiles village = new VillageFiles(office, settings, lives);
    SchoolFiles schools = new SchoolFiles(office, lives);
    RosterFiles rosters =
        new RosterFiles(office, settings, employers, lives, sent(options.months() - 1, 20));
    register.before(sent(0, 5));
    schools.before();
    rosters.write();
    for (int month = 0; month < options.months(); month++) {
      insurance.contributions(month);
      insurance.flexible(month);
      register.month(month);
      schools.month(month);
      int calendar = office.month(month).getMonthValue();
      if (calendar == 2 || month == 0) {
        village.wave(month);
      }
      if (calendar % 3 == 0) {
        rosters.vacancies(month);
      }
    }
    return new Written(office.files(), office.records(), office.faults);
  }

  private String sent(int month, int day) {
    return Office.yyyymm(office.month(month)) + String.format(Locale.ROOT, "%02d", day);
  }

  /**
   * Everybody there at the start, and in a file of their own those born since and those who have
   * moved for good.
   */
  private void residents() throws IOException {
    int start = Integer.parseInt(sent(0, 1));
    int last = options.months() - 1;
    residents(sent(0, 5), 0, lives.stream().filter(life -> life.birthDay < start).toList());
    residents(
        sent(last, 28),
        last,
        lives.stream()
            .filter(
                life ->
                    (life.birthDay >= start && life.birthDay <= lastDay())
                        || (life.birthDay < start && life.moves <= last && life.diedMonth > last))
            .toList());
  }

  private static final List<String> RELATIONS = List.of("户主", "配偶", "子女");

  /** A code that each county had before, for offices that never changed it. */
  private static final Map<Integer, Integer> OLD_CODES =
      Regions.china().changes().stream()
          .filter(change -> !change.split())
          .collect(
              Collectors.toMap(RegionChange::successor, RegionChange::old, (one, other) -> one));

  private int lastDay() {
    return Integer.parseInt(sent(options.months() - 1, 28));
  }

  private void residents(String sent, int month, List<Life> registered) throws IOException {
    if (registered.isEmpty()) {
      return;
    }
    String name = office.name("resident", sent);
    SplittableRandom dirt = new SplittableRandom(options.seed() * 17 + office.city.index());
    office.file(
        name,
        false,
        out -> {
          out.header("公民身份号码,姓名,性别,民族,出生日期,户籍地址,户籍区划,户号,与户主关系,户口性质,常住区划,常住地址,文化程度,手机号码");
          for (Life life : registered) {
            boolean empty = dirt.nextDouble() < settings.of("residence-empty");
            boolean wrong = month == 0 && dirt.nextDouble() < settings.of("id-wrong");
            String id =
                wrong
                    ? life.id().substring(0, 17) + (life.id().endsWith("1") ? '2' : '1')
                    : life.id();
            out.cell(id)
                .cell(life.name())
                .cell(life.sex == 1 ? "男性" : "女性")
                .cell("汉族")
                .day(life.birthDay);
            boolean old = dirt.nextDouble() < settings.of("repealed-code");
            out.cell("某镇某村" + Households.of(life.index) % 90 + "号")
                .number(
                    old && OLD_CODES.containsKey(life.hukou)
                        ? OLD_CODES.get(life.hukou)
                        : Villages.of(life, life.hukou))
                .number(office.city.code() * 10_000_000L + Households.of(life.index))
                .cell(RELATIONS.get(Math.min(Households.member(life.index), 2)));
            out.cell(life.rural ? "农业" : "非农业")
                .cell(empty ? "" : Long.toString(Villages.of(life, life.home(month))))
                .cell("")
                .cell(life.education);
            out.number(
                13_000_000_000L + (life.city * 10_000_019L + life.index * 37L) % 900_000_000L);
            long record = out.end();
            if (wrong) {
              office.fault(name, record, "id-wrong");
            }
          }
        });
  }

  /**
   * The register of enterprises. Some have a branch with a code of its own; of some the row under
   * the old 15-digit number was never taken out.
   */
  private void enterprises() throws IOException {
    String name = office.name("enterprise", sent(0, 6));
    SplittableRandom dirt = new SplittableRandom(options.seed() * 37 + office.city.index());
    office.file(
        name,
        false,
        out -> {
          out.header("统一社会信用代码,企业名称,企业类型,行业门类,行业代码,注册资本,成立日期,行政区划,住所,登记状态,注销日期,经度,纬度");
          for (Employer e : employers.byCity.get(office.city.index())) {
            boolean trader = e.creditCode().startsWith("92");
            enterprise(out, e, e.creditCode(), e.name(), trader ? "个体工商户" : "有限责任公司");
            if (!trader && dirt.nextDouble() < settings.of("branch")) {
              enterprise(out, e, e.branchCode(), e.name() + "分公司", "分公司");
            }
            if (dirt.nextDouble() < settings.of("old-number")) {
              String old = Integer.toString(e.county()) + (1_000_000_000L + e.number());
              long record =
                  enterprise(out, e, old.substring(0, 15), e.name(), trader ? "个体工商户" : "有限责任公司");
              office.fault(name, record, "old-number");
            }
          }
        });
  }

  private long enterprise(TableOut out, Employer e, String code, String name, String kind)
      throws IOException {
    out.cell(code)
        .cell(name)
        .cell(kind)
        .cell(Industries.find(e.division()).orElseThrow().section());
    out.cell(e.division())
        .number(50 + e.number() % 50 * 10)
        .day(20_000_101 + e.number() % 20 * 10_000)
        .number(e.county())
        .cell("工业园" + e.number() % 300 + "号")
        .cell(e.closes() < options.months() ? "注销" : "存续");
    if (e.closes() < options.months()) {
      out.day(Integer.parseInt(sent(e.closes(), 10)));
    } else {
      out.cell("");
    }
    point(out, e);
    return out.end();
  }

  private static final SortedMap<String, double[]> CENTRES = Outlines.builtIn().centres();

  /** Where it stands: some filed no point, some took longitude and latitude for each other. */
  private static void point(TableOut out, Employer e) {
    double[] centre = CENTRES.get(Integer.toString(e.county()));
    if (centre == null || e.number() % 7 == 0) {
      out.cell("").cell("");
      return;
    }
    SplittableRandom place = new SplittableRandom(e.number());
    double distance = SPREAD * place.nextDouble();
    double direction = 2 * Math.PI * place.nextDouble();
    String longitude =
        String.format(Locale.ROOT, "%.6f", centre[0] + distance * Math.cos(direction));
    String latitude =
        String.format(Locale.ROOT, "%.6f", centre[1] + distance * Math.sin(direction));
    boolean swapped = e.number() % 53 == 0;
    out.cell(swapped ? latitude : longitude).cell(swapped ? longitude : latitude);
  }

  /** Enterprises stand at most so many degrees from the middle of their county. */
  private static final double SPREAD = 0.08;

  private void insuredUnits() throws IOException {
    office.file(
        office.name("insured_unit", sent(0, 7)),
        false,
        out -> {
          out.header("单位编号,单位名称,统一社会信用代码,参保日期,统筹区,单位类型");
          for (Employer e : employers.byCity.get(office.city.index())) {
            String pool =
                e.pool() % 100 == 0 ? office.city.name() + "本级" : Integer.toString(e.pool());
            out.cell(e.unit())
                .cell(e.name())
                .cell(e.linked() ? e.creditCode() : "")
                .day(20_100_101 + e.number() % 10 * 10_000)
                .cell(pool)
                .cell("企业");
            out.end();
          }
        });
  }

  private void deceased() throws IOException {
    office.file(
        office.name("deceased", sent(options.months() - 1, 28)),
        true,
        out -> {
          out.header("姓名,证件号码,死亡日期,注销日期,火化日期");
          for (Life life : lives) {
            if (life.died == 0) {
              continue;
            }
            boolean cremated = life.index % 4 != 0;
            int later = Math.min(life.died + 2, life.died / 100 * 100 + 28);
            out.cell(life.name()).cell(life.id()).day(life.died);
            if (life.trait(45, 2) == 0) {
              out.day(Math.max(later, life.died));
            } else {
              out.cell("");
            }
            if (cremated) {
              out.day(Math.max(later, life.died));
            } else {
              out.cell("");
            }
            out.end();
          }
        });
  }

  private void pensions() throws IOException {
    office.file(
        office.name("pension", sent(options.months() - 1, 20)),
        false,
        out -> {
          out.header("姓名,证件号码,待遇类别,待遇开始年月,发放状态");
          for (Life life : lives) {
            if (life.pensionSince > 0) {
              out.cell(life.name())
                  .cell(life.id())
                  .cell(life.index % 9 == 0 ? "机关事业" : "职工")
                  .number(life.pensionSince)
                  .cell("正常");
              out.end();
            } else if (life.rural && life.birthDay / 10_000 + 60 < options.first().getYear()) {
              out.cell(life.name())
                  .cell(life.id())
                  .cell("城乡居民")
                  .number((life.birthDay / 10_000 + 60) * 100L + 1)
                  .cell("正常");
              out.end();
            }
          }
        });
  }
}
