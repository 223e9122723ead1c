package cn.ganye.synth;

import cn.ganye.synth.Life.Spell;
import java.io.IOException;
import java.time.YearMonth;
import java.util.List;

/**
 * What the education offices send: the register of pupils each autumn, those who leave each summer.
 */
final class SchoolFiles {
  private static final int YOUNGEST = 15;

  private final Office office;
  private final List<Life> lives;

  SchoolFiles(Office office, List<Life> lives) {
    this.office = office;
    this.lives = lives;
  }

  /** The register of the autumn before the window. */
  void before() throws IOException {
    YearMonth first = office.month(0);
    YearMonth autumn = YearMonth.of(first.getYear() - (first.getMonthValue() > 9 ? 0 : 1), 9);
    register(autumn, 0);
  }

  /** What is due in a month of the window. */
  void month(int month) throws IOException {
    if (office.month(month).getMonthValue() == 9) {
      register(office.month(month), month);
    }
    if (office.month(month).getMonthValue() == 7) {
      graduates(month);
    }
  }

  /** Everybody in school and old enough to leave it before the next register. */
  private void register(YearMonth autumn, int month) throws IOException {
    int when = Office.yyyymm(autumn);
    office.file(
        office.name("student", Integer.toString(when * 100 + 15)),
        true,
        out -> {
          out.header("学籍号,姓名,证件号码,学校,入学日期,学籍状态");
          for (Life life : lives) {
            Spell spell = life.at(month);
            boolean pupil =
                spell != null
                    && (spell.kind() == Kind.STUDENT
                        || (spell.kind() == Kind.CHILD && life.age(when) >= YOUNGEST));
            if (pupil) {
              int age = life.age(when);
              int enrolled = when / 100 - (age <= 18 ? Math.max(0, age - 15) : age - 19);
              out.cell("G" + life.city + life.index)
                  .cell(life.name())
                  .cell(life.id())
                  .cell(age <= 18 ? "某县中学" : "某大学")
                  .day(enrolled * 10_000 + 901)
                  .cell("在读");
              out.end();
            }
          }
        });
  }

  private void graduates(int month) throws IOException {
    int june = Office.yyyymm(office.month(month).minusMonths(1)) * 100 + 30;
    office.file(
        office.name("graduate", office.month(month), 20),
        true,
        out -> {
          out.header("学号,姓名,证件号码,学校,学历层次,专业,毕业日期,毕业去向,生源地,困难类型,联系电话");
          for (Life life : lives) {
            Spell before = month == 0 ? null : life.at(month - 1);
            Spell now = life.at(month);
            if (before == null
                || now == null
                || before.kind() != Kind.STUDENT
                || now.kind() == Kind.STUDENT) {
              continue;
            }
            boolean inflated = life.trait(20, 4) == 0;
            out.cell(Integer.toString(life.index))
                .cell(life.name())
                .cell(life.id())
                .cell("某大学")
                .cell(life.age(june / 100) >= 21 ? "本科" : "专科")
                .cell("机械")
                .day(june)
                .cell(now.kind().status.equals("EMPLOYED") || inflated ? "已就业" : "待就业")
                .number(life.hukou)
                .cell("")
                .number(15_900_000_000L + life.index);
            out.end();
          }
        });
  }
}
