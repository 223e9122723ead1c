package cn.ganye.synth;

import cn.ganye.synth.Life.Spell;
import cn.ganye.synth.Registers.Employment;
import cn.ganye.synth.Registers.Unemployment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The registers of employment, unemployment and benefit, and what units report: people joining and
 * leaving, labour contracts.
 */
final class RegisterFiles {
  private static final String[] REASONS = {"合同期满", "用人单位解除", "个人辞职", "单位破产"};
  private static final String[] WISHES = {"希望尽快就业", "自主创业", "参加培训"};
  private static final Map<String, String> WORDS =
      Map.of("unit", "单位", "flexible", "灵活", "business", "自主创业", "welfare-post", "公益性岗位");

  /** A registration of unemployment as it is written in one month. */
  private record Written(
      Life life, Unemployment registration, boolean reversed, boolean cancelled) {}

  /** An employment as it is written in one month. */
  private record Entry(Life life, Employment employment, boolean ended) {}

  private final Office office;
  private final Map<Integer, List<Written>> unemployment = new HashMap<>();
  private final Map<Integer, List<Entry>> employment = new HashMap<>();
  private final Map<Integer, List<Entry>> changes = new HashMap<>();
  private final Map<Integer, List<Entry>> filings = new HashMap<>();
  private final List<Life> lives;
  private final double lumpPercent;

  /**
   * @param lives people who live in the city
   * @param workers people with a job at an employer of the city
   */
  RegisterFiles(
      Office office, Settings settings, Registers registers, List<Life> lives, List<Life> workers) {
    this.office = office;
    this.lives = lives;
    this.lumpPercent = settings.of("benefit-lump") * 100;
    SplittableRandom dirt =
        new SplittableRandom(office.options.seed() * 7_919 + office.city.index() * 13L);
    int last = office.options.months() - 1;
    for (Life life : lives) {
      for (Unemployment one : registers.unemployment(life)) {
        boolean mendable = one.month() < last && one.cancelMonth() > one.month() + 1;
        boolean reversed = dirt.nextDouble() < settings.of("reversed") && mendable;
        put(unemployment, one.month(), new Written(life, one, reversed, false));
        if (reversed) {
          put(unemployment, one.month() + 1, new Written(life, one, false, false));
        }
        if (one.cancelMonth() <= last) {
          put(unemployment, one.cancelMonth(), new Written(life, one, false, true));
        }
      }
      for (Employment one : registers.employment(life)) {
        put(employment, one.filed(), new Entry(life, one, false));
        if (one.endFiled() <= last) {
          put(employment, one.endFiled(), new Entry(life, one, true));
        }
      }
    }
    for (Life life : workers) {
      for (Employment one : registers.employment(life)) {
        Employer employer = one.spell().employer();
        if (employer == null || employer.city() != office.city.index()) {
          continue;
        }
        if (one.filed() >= 0) {
          put(changes, one.filed(), new Entry(life, one, false));
        }
        if (one.leftFiled() <= last) {
          put(changes, one.leftFiled(), new Entry(life, one, true));
        }
        boolean dispatched = one.spell().kind() == Kind.DISPATCHED;
        if (dispatched || life.trait(300 + one.spell().from(), 10) < 3) {
          put(filings, one.filed(), new Entry(life, one, false));
          if (one.endFiled() <= last) {
            put(filings, one.endFiled(), new Entry(life, one, true));
          }
        }
      }
    }
  }

  private static <T> void put(Map<Integer, List<T>> byMonth, int month, T row) {
    byMonth.computeIfAbsent(month, m -> new ArrayList<>()).add(row);
  }

  /** What stands in the registers when the window begins. */
  void before(String sent) throws IOException {
    employment(office.name("employment_registration", sent), -1);
    filings(office.name("labour_filing", sent), -1);
  }

  /** Everything that is written in a month. */
  void month(int month) throws IOException {
    unemployment(month);
    employment(office.name("employment_registration", office.month(month), 24), month);
    filings(office.name("labour_filing", office.month(month), 23), month);
    changes(month);
    benefit(month);
    subsidies(month);
  }

  private void unemployment(int month) throws IOException {
    String name = office.name("unemployment_registration", office.month(month), 22);
    office.file(
        name,
        true,
        out -> {
          out.header("姓名,证件号码,失业登记状态,择业愿望,失业时间,失业登记日期,退工原因,退工时间,登记机构区划,注销日期");
          for (Written row : unemployment.getOrDefault(month, List.of())) {
            Unemployment one = row.registration();
            int lost = row.reversed() ? one.registered() : one.lost();
            out.cell(row.life().name())
                .cell(row.life().id())
                .cell(row.cancelled() ? "注销" : "登记失业")
                .cell(WISHES[row.life().trait(1, WISHES.length)])
                .day(lost)
                .day(row.reversed() ? one.lost() : one.registered())
                .cell(REASONS[row.life().trait(2, REASONS.length)])
                .day(lost)
                .number(one.region());
            if (row.cancelled()) {
              out.day(one.cancelled());
            } else {
              out.cell("");
            }
            long record = out.end();
            if (row.reversed()) {
              office.fault(name, record, "dates-reversed");
            }
          }
        });
  }

  private void employment(String name, int month) throws IOException {
    office.file(
        name,
        true,
        out -> {
          out.header("姓名,证件号码,就业类型,单位,开始时间,结束时间,注销原因,登记机构区划");
          for (Entry row : employment.getOrDefault(month, List.of())) {
            Employment one = row.employment();
            Employer employer = one.spell().employer();
            out.cell(row.life().name())
                .cell(row.life().id())
                .cell(WORDS.getOrDefault(one.kind(), "其他"))
                .cell(employer == null ? workplace(row.life(), one.spell()) : employer.name())
                .day(one.began());
            if (row.ended()) {
              out.day(one.ended()).cell("解除劳动关系");
            } else {
              out.cell("").cell("");
            }
            out.number(one.region());
            out.end();
          }
        });
  }

  /** Where somebody without an employer works, if the register was told: of some, a platform. */
  private static String workplace(Life life, Spell spell) {
    return spell.kind() == Kind.FLEXIBLE && life.worksForPlatform() ? "某即时配送平台" : "";
  }

  private void filings(String name, int month) throws IOException {
    office.file(
        name,
        true,
        out -> {
          out.header(
              "姓名,证件号码,统一社会信用代码,合同类别,合同开始时间,合同结束时间,岗位工种,派遣代理标志,用工单位,用工单位统一社会信用代码,合同解除日期,解除原因,备案经办日期");
          for (Entry row : filings.getOrDefault(month, List.of())) {
            Employment one = row.employment();
            Spell spell = one.spell();
            Employer employer = Objects.requireNonNull(spell.employer());
            Employer user = spell.user();
            boolean open = user != null || row.life().trait(3, 2) == 0;
            out.cell(row.life().name())
                .cell(row.life().id())
                .cell(employer.creditCode())
                .cell(open ? "无固定期限" : "固定期限")
                .day(one.began())
                .cell(open ? "9999-12-31" : "2029-12-31")
                .cell("普工")
                .cell(user == null ? "否" : "是");
            out.cell(user == null ? "" : user.name()).cell(user == null ? "" : user.creditCode());
            if (row.ended()) {
              out.day(one.ended()).cell("协商解除");
            } else {
              out.cell("").cell("");
            }
            out.day(one.began());
            out.end();
          }
        });
  }

  private void changes(int month) throws IOException {
    office.file(
        office.name("insurance_change", office.month(month), 14),
        true,
        out -> {
          out.header("个人编号,姓名,证件号码,单位编号,变更类型,变更日期,停保原因");
          for (Entry row : changes.getOrDefault(month, List.of())) {
            Employment one = row.employment();
            Employer employer = Objects.requireNonNull(one.spell().employer());
            out.number(3_600_000_000L + row.life().city * 100_000_000L + row.life().index)
                .cell(row.life().name())
                .cell(row.life().id())
                .cell(employer.unit())
                .cell(row.ended() ? "减员" : "增员")
                .day(row.ended() ? one.ended() : one.began())
                .cell(row.ended() ? REASONS[row.life().trait(4, REASONS.length)] : "");
            out.end();
          }
        });
  }

  private void benefit(int month) throws IOException {
    office.file(
        office.name("benefit", office.month(month), 9),
        true,
        out -> {
          out.header("姓名,证件号码,享受年月,失业保险金,代缴医保,核定月数,已领月数,停发原因");
          for (Life life : lives) {
            Spell spell = life.at(month);
            if (spell == null || spell.kind() != Kind.BENEFIT) {
              continue;
            }
            boolean late = paidTogether(life, spell);
            if (late && month == spell.from()) {
              continue;
            }
            if (late && month == spell.from() + 1) {
              benefit(out, life, spell, month - 1);
            }
            benefit(out, life, spell, month);
          }
        });
  }

  /** Whether the first month is paid together with the second. */
  private boolean paidTogether(Life life, Spell spell) {
    return spell.from() > 0 && spell.to() > spell.from() && life.trait(46, 100) < lumpPercent;
  }

  private void benefit(TableOut out, Life life, Spell spell, int month) throws IOException {
    out.cell(life.name())
        .cell(life.id())
        .number(Office.yyyymm(office.month(month)))
        .yuan(153_000)
        .yuan(30_000)
        .number(24)
        .number(month - spell.from() + 1L)
        .cell("");
    out.end();
  }

  private void subsidies(int month) throws IOException {
    office.file(
        office.name("subsidy", office.month(month), 14),
        true,
        out -> {
          out.header("姓名,证件号码,发放年月,补贴类型,补贴金额,开户银行,银行账号");
          for (Life life : lives) {
            Spell spell = life.at(month);
            boolean post =
                spell != null
                    && (spell.kind() == Kind.WELFARE_URBAN || spell.kind() == Kind.WELFARE_RURAL);
            if (post || (spell != null && spell.kind() == Kind.TRAINEE)) {
              out.cell(life.name())
                  .cell(life.id())
                  .number(Office.yyyymm(office.month(month)))
                  .cell(post ? "岗位补贴" : "见习补贴")
                  .yuan(post ? 50_000 : 140_000)
                  .cell("某农商行")
                  .number(622_200_000_000L + life.index);
              out.end();
            }
          }
        });
  }
}
