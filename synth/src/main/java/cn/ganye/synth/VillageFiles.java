package cn.ganye.synth;

import cn.ganye.reference.Regions;
import cn.ganye.synth.Life.Spell;
import java.io.IOException;
import java.time.YearMonth;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What villages write down in their yearly round. */
final class VillageFiles {
  private final Office office;
  private final Settings settings;
  private final List<Life> lives;

  VillageFiles(Office office, Settings settings, List<Life> lives) {
    this.office = office;
    this.settings = settings;
    this.lives = lives;
  }

  /**
   * The villages' round at Spring Festival, typed into a spreadsheet: title, 合计 rows, places as
   * people say them.
   */
  void wave(int month) throws IOException {
    YearMonth when = office.month(month);
    String name = office.name("rural_labour", when, 3);
    SplittableRandom dirt =
        new SplittableRandom(office.options.seed() * 3_001 + office.city.index() * 53L + month);
    office.file(
        name,
        true,
        out -> {
          out.line(office.city.name() + "农村劳动力资源信息登记表,,,,,,,,,,,,,,");
          office.fault(name, 1, "title");
          out.header("村组,户主姓名,姓名,身份证号,手机,就业状态,务工省市县,单位,工种,外出时间,月收入,就业意愿,培训意愿,采集人,采集日期");
          int inGroup = 0;
          for (Life life : lives) {
            Spell spell = life.at(month);
            int age = when.getYear() - life.birthDay / 10_000;
            if (!life.rural
                || spell == null
                || age < 16
                || age > 80
                || state(spell.kind()) == null
                || dirt.nextInt(100) < 6) {
              continue;
            }
            villageRow(out, name, life, spell, when, dirt);
            if (++inGroup % 400 == 0) {
              out.line("合计,,400,,,,,,,,,,,,");
              office.fault(name, out.records(), "total");
            }
          }
        });
  }

  private static @Nullable String state(Kind kind) {
    return switch (kind) {
      case FARMING -> "务农";
      case LOCAL_INFORMAL, IN_PROVINCE, OUT_OF_PROVINCE, FORMAL, DISPATCHED, FLEXIBLE -> "务工";
      case SELF_EMPLOYED -> "创业";
      case STUDENT -> "在学";
      case UNABLE -> "无劳力";
      default -> null;
    };
  }

  private void villageRow(
      TableOut out, String file, Life life, Spell spell, YearMonth when, SplittableRandom dirt)
      throws IOException {
    String fault = null;
    String id = life.id();
    double u = dirt.nextDouble();
    double cut = settings.of("id-cut");
    if (u < cut) {
      id = id.charAt(0) + "." + id.substring(1, 6) + "E+17";
      fault = "id-cut";
    } else if (u < cut + settings.of("old-id")
        && life.birthDay < 20_000_000
        && life.birthDay > 19_000_000) {
      id = id.substring(0, 6) + id.substring(8, 17);
      id = id.substring(12).compareTo("996") >= 0 ? life.id() : id;
    } else if (u < cut + settings.of("old-id") + settings.of("full-width")) {
      id = fullWidth(id);
    } else if (id.endsWith("X") && dirt.nextInt(5) == 0) {
      id = id.replace('X', 'x');
    }
    String word = state(spell.kind());
    boolean works = "务工".equals(word);
    out.cell(
            Households.member(life.index) == 0
                ? "第" + (Households.of(life.index) % 12 + 1) + "组"
                : "")
        .cell(life.name().charAt(0) + "某")
        .cell(life.name())
        .cell(id);
    out.number(phone(life, dirt))
        .cell(word == null ? "" : word)
        .cell(works ? place(spell.place(), dirt) : "");
    out.cell("")
        .cell(works ? "普工" : "")
        .cell("")
        .cell(works ? Integer.toString(3_000 + dirt.nextInt(40) * 100) : "");
    out.cell("").cell("").cell("网格员").day(Office.yyyymm(when) * 100 + 5 + dirt.nextInt(20));
    long record = out.end();
    if (fault != null) {
      office.fault(file, record, fault);
    }
  }

  /** A family often has one phone, and every member gives its number. */
  private long phone(Life life, SplittableRandom dirt) {
    boolean shared = dirt.nextDouble() < settings.of("phone-shared");
    return 13_500_000_000L
        + (life.city * 30_000_000L + (shared ? Households.of(life.index) : life.index))
            % 400_000_000L;
  }

  private static String fullWidth(String id) {
    StringBuilder wide = new StringBuilder();
    id.chars().forEach(c -> wide.append((char) (c + 0xFEE0)));
    return wide.toString();
  }

  /** A place as a villager says it. */
  private static String place(int code, SplittableRandom dirt) {
    Regions regions = Regions.china();
    String province = regions.find(Integer.toString(code / 10_000)).orElseThrow().name();
    if (code / 10_000 == 36) {
      String city = regions.find(Integer.toString(code / 100)).orElseThrow().name();
      return dirt.nextInt(3) == 0
          ? Integer.toString(code)
          : province + city + regions.find(Integer.toString(code)).orElseThrow().name();
    }
    return switch (dirt.nextInt(4)) {
      case 0 -> province.replace("省", "").replace("市", "") + "那边";
      case 1 -> Integer.toString(code);
      default -> province;
    };
  }
}
