package cn.ganye.synth;

import cn.ganye.synth.Life.Spell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Contributions of units and of flexible workers, month by month. */
final class SocialInsuranceFiles {
  private static final byte[][] KINDS = {
    "企业职工基本养老保险".getBytes(StandardCharsets.UTF_8),
    "失业保险".getBytes(StandardCharsets.UTF_8),
    "工伤保险".getBytes(StandardCharsets.UTF_8)
  };
  private static final int[] UNIT_PERMILLE = {160, 5, 4};
  private static final int[] OWN_PERMILLE = {80, 5, 0};
  private static final byte[] NORMAL = "正常".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BACK = "补缴".getBytes(StandardCharsets.UTF_8);
  private static final byte[] REFUND = "退收".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DEFERRED = "缓缴".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PAID = "已缴".getBytes(StandardCharsets.UTF_8);

  /** What an employer settles for a person in one month, for that month or another. */
  private record Payment(Life life, Employer employer, int settled, int owed, byte[] type) {}

  private static final String WIDE =
      "个人编号,社会保障号码,姓名,单位编号,单位名称,结算期,对应费款所属期,险种类型,缴费类型,缴费基数,单位缴费金额,个人缴费金额,滞纳金,缴费标志,到账日期";
  private static final String NARROW =
      "个人编号,社会保障号码,姓名,单位编号,结算期,对应费款所属期,险种类型,缴费类型,缴费基数,单位缴费金额,个人缴费金额,缴费标志";

  /** 萍乡 and 吉安, by their places. */
  private static final int TWICE = 2;

  private static final int CORRECTS = 7;
  private static final int CORRECTED = 200;

  /** A row that may be corrected later. */
  private record Sent(Life life, Employer employer, long record) {}

  private final List<Sent> corrected = new ArrayList<>();
  private final Office office;
  private final Shocks shocks;
  private final List<Life> workers;
  private final List<Life> lives;
  private final Map<Integer, List<Payment>> later = new HashMap<>();
  private final double backPayment;
  private final double deferred;
  private final double yearsBack;
  private final double refund;
  private final double twice;
  private final double contradiction;

  SocialInsuranceFiles(
      Office office, Settings settings, Shocks shocks, List<Life> workers, List<Life> lives) {
    this.office = office;
    this.shocks = shocks;
    this.workers = workers;
    this.lives = lives;
    this.backPayment = settings.of("back-payment");
    this.deferred = settings.of("deferred");
    this.yearsBack = settings.of("years-back");
    this.refund = settings.of("refund");
    this.twice = settings.of("row-twice");
    this.contradiction = settings.of("contradiction");
  }

  /** A month of the city's contributions; a late file does not come within the window. */
  void contributions(int month) throws IOException {
    if (shocks.late(office.city.code(), month)) {
      return;
    }
    corrected.clear();
    String name = office.name("contribution", office.month(month), 12);
    SplittableRandom dirt =
        new SplittableRandom(office.options.seed() * 1_009 + office.city.index() * 4_001L + month);
    boolean wide = office.city.index() == 1 || office.city.index() == 4;
    office.file(
        name,
        false,
        out -> {
          out.header(wide ? WIDE : NARROW);
          for (Life life : workers) {
            for (Spell spell : life.spells) {
              Employer employer = spell.employer();
              if (employer == null || employer.city() != office.city.index()) {
                continue;
              }
              if (spell.from() <= month && month <= spell.to()) {
                if (month != spell.to() && dirt.nextDouble() < backPayment) {
                  int settled = month + 1 + dirt.nextInt(5);
                  later(new Payment(life, employer, settled, month, BACK));
                } else {
                  Payment payment = new Payment(life, employer, month, month, NORMAL);
                  rows(out, payment, wide, name, dirt);
                  if (dirt.nextDouble() < yearsBack) {
                    int owed = -12 - dirt.nextInt(48);
                    rows(out, new Payment(life, employer, month, owed, BACK), wide, name, dirt);
                  }
                }
              } else if (month == spell.to() + 1
                  && month < life.diedMonth
                  && dirt.nextDouble() < refund * 20) {
                Payment payment = new Payment(life, employer, month, month, NORMAL);
                rows(out, payment, wide, name, dirt);
                later(new Payment(life, employer, month + 1, month, REFUND));
              }
            }
          }
          for (Payment late : later.getOrDefault(month, List.of())) {
            rows(out, late, wide, name, dirt);
          }
          later.remove(month);
        });
    if (month == office.options.months() / 2) {
      if (office.city.index() == TWICE) {
        office.sendAgain();
      }
      correction(month, name, wide);
    }
  }

  /** One city corrects some bases of a month weeks later. */
  private void correction(int month, String original, boolean wide) throws IOException {
    if (office.city.index() != CORRECTS) {
      return;
    }
    String name = office.name("contribution", office.month(month), 28);
    office.file(
        name,
        false,
        out -> {
          out.header(wide ? WIDE : NARROW);
          for (Sent row : corrected) {
            Payment payment = new Payment(row.life(), row.employer(), month, month, NORMAL);
            begin(out, payment, wide);
            row(out, payment, wide, 0, base(row.life(), month) + 50_000);
            office.fault(original, row.record(), "corrected");
          }
        });
  }

  private void later(Payment payment) {
    later.computeIfAbsent(payment.settled(), k -> new ArrayList<>()).add(payment);
  }

  private void rows(TableOut out, Payment payment, boolean wide, String file, SplittableRandom dirt)
      throws IOException {
    begin(out, payment, wide);
    long base = base(payment.life(), payment.owed());
    for (int kind = 0; kind < KINDS.length; kind++) {
      long first = row(out, payment, wide, kind, base);
      double u = dirt.nextDouble();
      boolean plain = kind == 0 && payment.type() == NORMAL && u >= twice + contradiction;
      if (plain && corrected.size() < CORRECTED) {
        corrected.add(new Sent(payment.life(), payment.employer(), first));
      }
      if (u < twice) {
        office.fault(file, row(out, payment, wide, kind, base), "row-twice");
      } else if (u < twice + contradiction) {
        long record = row(out, payment, wide, kind, base + 10_000);
        office.fault(file, record - 1, "contradiction");
        office.fault(file, record, "contradiction");
      }
    }
  }

  /** Puts aside what the rows of one payment begin with. */
  private void begin(TableOut out, Payment payment, boolean wide) {
    Life life = payment.life();
    out.number(3_600_000_000L + life.city * 100_000_000L + life.index)
        .cell(life.id())
        .cell(life.name())
        .cell(payment.employer().unit());
    if (wide) {
      out.cell(payment.employer().name());
    }
    out.number(Office.yyyymm(office.month(payment.settled())))
        .number(Office.yyyymm(office.month(payment.owed())))
        .aside();
  }

  private long row(TableOut out, Payment payment, boolean wide, int kind, long base)
      throws IOException {
    long amount = payment.type() == REFUND ? -base : base;
    out.again()
        .cell(KINDS[kind])
        .cell(payment.type())
        .yuan(amount)
        .yuan(amount * UNIT_PERMILLE[kind] / 1000)
        .yuan(amount * OWN_PERMILLE[kind] / 1000);
    if (wide) {
      out.number(0);
    }
    out.cell(payment.life().trait(50 + payment.owed(), 1000) < deferred * 1000 ? DEFERRED : PAID);
    if (wide) {
      out.day(Office.yyyymm(office.month(payment.settled()).plusMonths(1)) * 100 + 10);
    }
    return out.end();
  }

  private long base(Life life, int month) {
    int year = office.month(month).getYear() - office.options.first().getYear();
    return life.base + year * 20_000L;
  }

  /** Flexible workers pay for their pension alone, some a year at once in December. */
  void flexible(int month) throws IOException {
    boolean december = office.month(month).getMonthValue() == 12;
    office.file(
        office.name("flexible_contribution", office.month(month), 13),
        true,
        out -> {
          out.header("个人编号,社会保障号码,姓名,结算期,对应费款所属期,险种类型,缴费类型,缴费基数,个人缴费金额,缴费档次,缴费方式,缴费标志");
          for (Life life : lives) {
            for (Spell spell : life.spells) {
              if (spell.kind() != Kind.FLEXIBLE) {
                continue;
              }
              if (!life.paysInDecember && spell.from() <= month && month <= spell.to()) {
                flexibleRow(out, life, month, month);
              } else if (life.paysInDecember && december) {
                for (int owed = Math.max(spell.from(), month - 11);
                    owed <= Math.min(spell.to(), month);
                    owed++) {
                  flexibleRow(out, life, month, owed);
                }
              }
            }
          }
        });
  }

  private void flexibleRow(TableOut out, Life life, int settled, int owed) throws IOException {
    long base = 380_000 + life.index % 4 * 100_000L;
    out.number(3_600_000_000L + life.city * 100_000_000L + life.index)
        .cell(life.id())
        .cell(life.name());
    out.number(Office.yyyymm(office.month(settled)))
        .number(Office.yyyymm(office.month(owed)))
        .cell(KINDS[0])
        .cell(NORMAL);
    out.yuan(base).yuan(base / 5).cell("60%").cell(life.paysInDecember ? "按年" : "按月").cell(PAID);
    out.end();
  }
}
