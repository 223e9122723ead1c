package cn.ganye.synth;

import cn.ganye.reference.CreditCode;
import cn.ganye.reference.Regions;
import cn.ganye.synth.Life.Spell;
import java.io.IOException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Rosters of people whom some office knows by name, and the businesses of sole traders. */
final class RosterFiles {
  private final Office office;
  private final Settings settings;
  private final Employers employers;
  private final List<Life> lives;
  private final String sent;

  /**
   * @param sent day on which the rosters are sent, as yyyymmdd
   */
  RosterFiles(
      Office office, Settings settings, Employers employers, List<Life> lives, String sent) {
    this.office = office;
    this.settings = settings;
    this.employers = employers;
    this.lives = lives;
    this.sent = sent;
  }

  void write() throws IOException {
    spells(
        "welfare_post",
        "姓名,证件号码,岗位,类别,上岗日期,离岗日期,补贴标准",
        (out, life, spell) -> {
          boolean rural = spell.kind() == Kind.WELFARE_RURAL;
          if (rural || spell.kind() == Kind.WELFARE_URBAN) {
            person(out, life).cell(rural ? "保洁" : "协管").cell(rural ? "乡村" : "城镇");
            dates(out, life, spell);
            out.yuan(rural ? 50_000 : 180_000).end();
          }
        });
    spells(
        "traineeship",
        "姓名,证件号码,见习单位,统一社会信用代码,见习开始日期,见习结束日期,补贴标准",
        (out, life, spell) -> {
          Employer where = spell.user();
          if (spell.kind() == Kind.TRAINEE && where != null) {
            person(out, life).cell(where.name()).cell(where.creditCode());
            dates(out, life, spell);
            out.yuan(140_000).end();
          }
        });
    spells(
        "military_service",
        "姓名,证件号码,入伍时间,退役时间",
        (out, life, spell) -> {
          if (spell.kind() == Kind.IN_SERVICE) {
            dates(person(out, life), life, spell);
            out.end();
          }
        });
    spells(
        "imprisonment",
        "姓名,证件号码,收监日期,释放日期",
        (out, life, spell) -> {
          if (spell.kind() == Kind.IN_PRISON) {
            dates(person(out, life), life, spell);
            out.end();
          }
        });
    spells("hard_to_employ", HARDSHIP, this::hardship);
    people("veteran", "姓名,证件号码,退役时间,安置方式,服役年限,户籍地,就业状况", this::veteran);
    people("disabled", "姓名,残疾人证号,残疾类别,残疾等级,有效期", this::disabled);
    people("lifted_from_poverty", POVERTY, this::lifted);
    people("fishing_ban_fisher", "户主,姓名,证件号码,船名号,专业/兼业,退捕时间,转产就业状况", this::fisher);
    people("self_employed", "统一社会信用代码,个体工商户名称,经营者姓名,证件号码,登记日期,登记状态", this::business);
  }

  private static final String HARDSHIP =
      "姓名,证件号码,就业困难流水号,困难类型,初审时间,初审结果,终审时间,终审结果,注销时间,注销方式,就困注销原因,就困有效标志";
  private static final String POVERTY =
      "县,乡,行政村,自然村,户编号,人编号,姓名,证件号码,与户主关系,在校生状况,健康状况,劳动技能,务工时间（月）,户类型,监测对象类型,风险是否消除,务工所在地,安置点名称";

  /** Writes what one spell of a life gives; nothing for most. */
  @FunctionalInterface
  private interface OfSpell {
    void write(TableOut out, Life life, Spell spell) throws IOException;
  }

  /** Writes what one person gives; nothing for most. */
  @FunctionalInterface
  private interface OfPerson {
    void write(TableOut out, Life life) throws IOException;
  }

  private void spells(String dataset, String header, OfSpell each) throws IOException {
    people(
        dataset,
        header,
        (out, life) -> {
          for (Spell spell : life.spells) {
            each.write(out, life, spell);
          }
        });
  }

  private void people(String dataset, String header, OfPerson each) throws IOException {
    office.file(
        office.name(dataset, sent),
        true,
        out -> {
          out.header(header);
          for (Life life : lives) {
            each.write(out, life);
          }
        });
  }

  private static TableOut person(TableOut out, Life life) {
    return out.cell(life.name()).cell(life.id());
  }

  /** First and last day of a spell; one that was there before began some months earlier. */
  private void dates(TableOut out, Life life, Spell spell) {
    YearMonth from =
        spell.from() == 0
            ? office.month(0).minusMonths(1 + life.trait(30, 5))
            : office.month(spell.from());
    out.day(Office.yyyymm(from) * 100 + 1 + life.trait(31, 28));
    if (spell.to() + 1 < office.options.months()) {
      YearMonth to = office.month(spell.to());
      out.day(Office.yyyymm(to) * 100 + to.lengthOfMonth());
    } else {
      out.cell("");
    }
  }

  /** Whoever was registered for half a year past forty; some are recognised twice. */
  private void hardship(TableOut out, Life life, Spell spell) throws IOException {
    int month = spell.from() + 6;
    if (spell.kind() != Kind.REGISTERED
        || spell.to() < month
        || life.age(Office.yyyymm(office.month(month))) < 40) {
      return;
    }
    for (int copy = 0; copy < (life.trait(32, 20) == 0 ? 2 : 1); copy++) {
      int day = Office.yyyymm(office.month(month)) * 100 + 5 + copy * 3;
      person(out, life).cell("KN" + life.city + life.index + copy).cell("4050");
      out.day(day).cell("通过").day(day + 7).cell("通过");
      if (spell.to() + 1 < office.options.months()) {
        out.day(Office.yyyymm(office.month(spell.to() + 1)) * 100 + 9)
            .cell("自动")
            .cell("已就业")
            .cell("无效");
      } else {
        out.cell("").cell("").cell("").cell("有效");
      }
      out.end();
    }
  }

  private void veteran(TableOut out, Life life) throws IOException {
    int year = life.birthDay / 10_000 + 22;
    if (life.sex == 1 && life.trait(33, 100) < 3 && year < office.month(0).getYear()) {
      person(out, life)
          .day(year * 10_000 + 1201)
          .cell("自主就业")
          .number(2)
          .number(life.hukou)
          .cell("已就业");
      out.end();
    }
  }

  private static boolean isDisabled(Life life) {
    return life.trait(34, 100) < 4;
  }

  private void disabled(TableOut out, Life life) throws IOException {
    if (isDisabled(life)) {
      int level = 1 + life.trait(35, 4);
      out.cell(life.name())
          .cell(life.id() + "4" + level + (life.trait(36, 8) == 0 ? "B1" : ""))
          .cell("肢体")
          .cell(List.of("一级", "二级", "三级", "四级").get(level - 1));
      out.day(life.trait(37, 10) == 0 ? 20_220_101 : 20_320_101);
      out.end();
    }
  }

  private static int householdTrait(Life life, int salt, int bound) {
    int head = Households.of(life.index);
    return Math.floorMod(
        Integer.rotateLeft((life.city * 31 + head) * 0x9E3779B9 + salt * 0x85EBCA6B, 13) >>> 1,
        bound);
  }

  /** Households lifted from poverty, as a whole; some were moved to a settlement. */
  private void lifted(TableOut out, Life life) throws IOException {
    boolean listed = life.rural && life.hukou / 10_000 == 36 && householdTrait(life, 1, 100) < 8;
    if (!listed) {
      return;
    }
    boolean monitored = householdTrait(life, 2, 100) < 6;
    boolean moved = householdTrait(life, 3, 100) < 15;
    Spell last = life.last();
    boolean away = last != null && last.kind() == Kind.OUT_OF_PROVINCE;
    String county =
        Regions.china().find(Integer.toString(life.hukou)).map(region -> region.name()).orElse("");
    out.cell(county)
        .cell("某乡")
        .cell("某村")
        .cell("某组")
        .cell("H" + life.city + "-" + Households.of(life.index));
    out.cell("P" + Households.member(life.index)).cell(life.name());
    out.cell(isDisabled(life) && life.trait(38, 3) == 0 ? life.id() + "43" : life.id())
        .cell(Households.member(life.index) == 0 ? "户主" : "家庭成员")
        .cell("")
        .cell("健康")
        .cell("普通劳动力")
        .number(away ? 10 : 0)
        .cell("脱贫户")
        .cell(monitored ? "脱贫不稳定户" : "")
        .cell(monitored ? (householdTrait(life, 4, 2) == 0 ? "是" : "否") : "")
        .cell(away ? "广东省" : "")
        .cell(moved ? "某安置点" : "");
    out.end();
  }

  private void fisher(TableOut out, Life life) throws IOException {
    if (life.rural && life.trait(39, 1000) < 2 && life.birthDay < 20_050_101) {
      out.cell(life.name())
          .cell(life.name())
          .cell(life.id())
          .cell("赣渔" + life.city + Households.of(life.index) / 2)
          .cell(life.trait(40, 2) == 0 ? "专业" : "兼业")
          .day(20_200_101)
          .cell("务工");
      out.end();
    }
  }

  /** Who has a business has a licence; others keep one that has long been idle. */
  private void business(TableOut out, Life life) throws IOException {
    boolean real = Arrays.stream(life.spells).anyMatch(spell -> spell.kind() == Kind.SELF_EMPLOYED);
    boolean shell =
        !real && life.birthDay < 19_950_101 && life.trait(41, 1000) < settings.of("shell") * 1000;
    if (!real && !shell) {
      return;
    }
    String body = String.format(Locale.ROOT, "T%07d", life.index);
    String code = CreditCode.of("92", 369_900 + life.city, body).text();
    out.cell(code)
        .cell(life.name().charAt(0) + "记小店")
        .cell(life.name())
        .cell(life.id())
        .day((2010 + life.trait(42, 12)) * 10_000 + 101 + life.trait(43, 28))
        .cell(shell && life.trait(44, 3) == 0 ? "注销" : "存续");
    out.end();
  }

  /** Posts that employers of the city offer in a quarter. */
  void vacancies(int month) throws IOException {
    YearMonth when = office.month(month);
    office.file(
        office.name("vacancy", when, 8),
        true,
        out -> {
          out.header("招聘单位,信用代码,岗位名称,职业工种,招聘人数,月薪下限,月薪上限,工作地点,学历要求,有效期,发布日期");
          for (Employer employer : employers.byCity.get(office.city.index())) {
            if (!employer.hires(month) || (employer.number() + month) % 3 != 0) {
              continue;
            }
            int heads = employer.number() % 211 == 0 ? 999 : 1 + employer.size() / 40;
            boolean expired = employer.number() % 17 == 0;
            out.cell(employer.name())
                .cell(employer.creditCode())
                .cell("普工")
                .cell("操作工")
                .number(heads)
                .number(4_000)
                .number(6_500)
                .number(employer.county())
                .cell("初级中学教育")
                .day(Office.yyyymm(expired ? when : when.plusMonths(2)) * 100 + 28)
                .day(Office.yyyymm(when) * 100 + 5);
            out.end();
          }
        });
  }
}
