package cn.ganye.pool.derivation;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.ganye.engine.Engine;
import cn.ganye.engine.Hashes;
import cn.ganye.engine.Step;
import cn.ganye.engine.Steps;
import cn.ganye.pool.contract.CodeList;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.intake.RefusalReason;
import cn.ganye.pool.lake.Load;
import cn.ganye.reference.Industries;
import cn.ganye.reference.Industry;
import cn.ganye.reference.Parameter;
import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The steps from the lake to the marts, and the tables of reference facts and of the ledger that
 * they read.
 */
public final class Derivation {
  /** First and last month of the calendar that steps see, as months since year 0. */
  private static final int FIRST_MONTH = 1800 * 12;

  private static final int LAST_MONTH = 2100 * 12 - 1;

  private Derivation() {}

  /** The steps of the house, and those of {@code documents/steps} if a folder is given. */
  public static Steps steps(@Nullable Path documents) {
    List<Step> steps =
        new ArrayList<>(Steps.resources(Derivation.class, "/cn/ganye/pool/derivation"));
    if (documents != null && Files.isDirectory(documents.resolve("steps"))) {
      steps.addAll(Steps.folder(documents.resolve("steps")));
    }
    return new Steps(steps);
  }

  /** A fingerprint of everything but records that the marts follow from. */
  public static String rules(Steps steps) {
    MessageDigest digest = Hashes.sha256();
    steps.ordered().forEach(step -> digest.update(step.toString().getBytes(UTF_8)));
    Precedence.document().forEach(line -> digest.update(line.toString().getBytes(UTF_8)));
    Parameter.all().forEach(line -> digest.update(line.toString().getBytes(UTF_8)));
    return Hashes.hex(digest);
  }

  /** The window: first and last month of the datasets that make it, as month numbers. */
  public record Window(int first, int last) {
    /** A month number as yyyymm. */
    public static int month(int index) {
      return index / 12 * 100 + index % 12 + 1;
    }
  }

  /** Tables about loads: {@code load}, {@code load_refusal}. */
  public static void ledgerTables(Engine engine, List<Load> loads, int home) {
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> refusals = new ArrayList<>();
    for (Load load : loads) {
      int region = load.region() == 0 ? home : load.region();
      long twin = load.duplicateOf() > 0 ? load.records() : 0;
      rows.add(
          new Object[] {
            load.load(),
            cut(load.file()),
            load.dataset(),
            region,
            load.period(),
            load.knownFrom(),
            load.records(),
            load.quarantined(),
            twin
          });
      load.refusals()
          .forEach((reason, records) -> refusals.add(new Object[] {load.load(), reason, records}));
      if (load.refused() != null) {
        refusals.add(new Object[] {load.load(), load.refused(), 0L});
      }
    }
    engine.table(
        "load",
        "load INTEGER, file VARCHAR, dataset VARCHAR, region INTEGER, period INTEGER, known_from INTEGER, records BIGINT, quarantined BIGINT, twin_records BIGINT",
        rows);
    engine.table("load_refusal", "load INTEGER, reason VARCHAR, records BIGINT", refusals);
  }

  private static String cut(String file) {
    return file.length() <= 200 ? file : file.substring(0, 199) + "…";
  }

  /** Tables of reference facts and of the window; returns the window. */
  public static Window factTables(
      Engine engine, Contracts contracts, List<Load> loads, String home) {
    months(engine);
    Window window = window(engine, contracts, loads);
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
    List<Object[]> settings = new ArrayList<>();
    settings.add(new Object[] {"home-province", Long.parseLong(home) * 10_000});
    for (Parameter parameter : Parameter.all()) {
      if (parameter.grade().equals("S")) {
        String name = parameter.id() + (parameter.key().isEmpty() ? "" : "-" + parameter.key());
        settings.add(new Object[] {name, parameter.value().longValueExact()});
      }
    }
    engine.table("setting", "name VARCHAR, value BIGINT", settings);
    lookback(engine);
    List<Object[]> order = new ArrayList<>();
    Precedence.document().forEach(p -> order.add(new Object[] {p.rank(), p.basis(), p.status()}));
    engine.table("precedence", "rank INTEGER, basis VARCHAR, status VARCHAR", order);
    codeLists(engine, contracts, home);
    return window;
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

  /** Which months each load speaks of, and from them the window. */
  private static Window window(Engine engine, Contracts contracts, List<Load> loads) {
    List<Object[]> datasets = new ArrayList<>();
    engine.table("load_month", "load INTEGER, month_ix BIGINT, records BIGINT", List.of());
    for (Contract contract : contracts.all()) {
      String period = contract.period();
      if (period == null) {
        continue;
      }
      datasets.add(new Object[] {contract.id(), contract.sender(), contract.due()});
      engine.execute(
          "load_month",
          "INSERT INTO load_month SELECT s.load, m.month_ix, COUNT(*) FROM "
              + contract.table()
              + "_sent s JOIN month m ON m.month = s."
              + period
              + " GROUP BY s.load, m.month_ix");
    }
    List<Object[]> named = new ArrayList<>();
    for (Load load : loads) {
      boolean monthly = contracts.find(load.dataset()).map(c -> c.period() != null).orElse(false);
      if (monthly && load.lake() != null && load.period() > 0) {
        named.add(
            new Object[] {load.load(), load.period() / 100 * 12L + load.period() % 100 - 1, 0L});
      }
    }
    engine.rows("load_month", named);
    engine.table("monthly_dataset", "dataset VARCHAR, sender VARCHAR, due INTEGER", datasets);
    TreeMap<Integer, Boolean> seen = new TreeMap<>();
    for (Load load : loads) {
      boolean frames = contracts.find(load.dataset()).map(Contract::window).orElse(false);
      if (frames && load.lake() != null && load.period() > 0) {
        seen.put(load.period() / 100 * 12 + load.period() % 100 - 1, true);
      } else if (frames && load.lake() != null) {
        engine
            .read(
                "SELECT DISTINCT month_ix FROM load_month WHERE load = " + load.load(),
                row -> row.getInt(1))
            .forEach(index -> seen.put(index, true));
      }
    }
    if (seen.isEmpty()) {
      int day = loads.stream().mapToInt(Load::knownFrom).max().orElse(20200101);
      seen.put(day / 10_000 * 12 + day / 100 % 100 - 1, true);
    }
    return new Window(seen.firstKey(), seen.lastKey());
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
}
