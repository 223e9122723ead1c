package cn.ganye.server.analysis.internal;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.analysis.internal.PeopleBehind.Moved;
import cn.ganye.server.analysis.internal.PeopleBehind.Stand;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.people.CellPeople;
import cn.ganye.server.people.PersonLine;
import cn.ganye.server.storage.Scope;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The people whom a figure counts: one of a measure, or a cell of a cross-tab. */
@RestController
@RequestMapping("/api/v1/analysis")
class CellPeopleController {
  private static final int PAGE = 50;

  /** Places that a person has in every month alike. */
  private static final List<String> AT_HOME = List.of("residence", "hukou");

  private static final Pattern PLACE = Pattern.compile("\\d{2}|\\d{4}|\\d{6}");

  /**
   * A figure.
   *
   * @param measure word of one that counts people; all residents if not given
   * @param cell codes by dimension, as {@code status:EMPLOYED,sex:2}; of counts by status
   * @param work only those who work there: two, four or six digits
   * @param left only those who were there in another month and have died or gone since
   * @param group only those of a key group
   * @param regionBy as the measure has it
   * @param cohort only those who lost-work or took-work; all if not given
   * @param cohortMonth in which month they did; that of the figure if not given
   * @param was codes by dimension, where they stood in another month; all if not given
   * @param wasWork only those who worked there then
   * @param wasMonth that month
   * @param reason why they are to be seen; audited
   * @param after so many of them were seen before
   */
  record CellQuestion(
      @Nullable String measure,
      @Nullable String cell,
      @Nullable String work,
      @Nullable Boolean left,
      @Nullable String group,
      @Nullable String region,
      @Nullable String regionBy,
      @Nullable Integer month,
      @Nullable String cohort,
      @Nullable Integer cohortMonth,
      @Nullable String was,
      @Nullable String wasWork,
      @Nullable Integer wasMonth,
      @Nullable String reason,
      @Nullable Integer after) {}

  /**
   * People, masked.
   *
   * @param unseen how many more of the page have none of their four places in the account's region
   * @param next place after which the next page begins; null if this is the last
   */
  record Behind(List<PersonLine> people, int unseen, @Nullable Integer next, Snapshot snapshot) {}

  private final Marts marts;
  private final CellPeople people;
  private final List<String> groups = Contracts.builtIn().list("key-group").codes();

  CellPeopleController(Marts marts, CellPeople people) {
    this.marts = marts;
    this.people = people;
  }

  /** Lists them, those who have a place in the account's region. */
  @PostMapping("/people")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY, Role.TOWNSHIP, Role.VILLAGE})
  Behind people(@RequestBody CellQuestion asking) {
    Snapshot snapshot = marts.snapshot();
    Asked asked = new Asked(Current.account(), snapshot);
    PeopleBehind behind = behind(asking, asked);
    int after = asking.after() == null ? 0 : asking.after();
    if (after < 0) {
      asked.fault("after", "不能是负数");
    }
    asked.check();
    List<Long> keys =
        marts.inRegion(
            new Scope("", "", behind.region()),
            behind.sql(PAGE + 1, after),
            row -> row.number("person"),
            behind.parameters());
    boolean more = keys.size() > PAGE;
    List<Long> page = more ? keys.subList(0, PAGE) : keys;
    List<PersonLine> seen =
        people.list(page, behind.named(), asking.reason() == null ? "" : asking.reason());
    return new Behind(seen, page.size() - seen.size(), more ? after + PAGE : null, snapshot);
  }

  private PeopleBehind behind(CellQuestion asking, Asked asked) {
    String word = asking.measure() == null ? Measure.RESIDENTS.word() : asking.measure();
    asked.known("measure", word, Measure.words());
    Measure measure = Measure.of(word).orElse(Measure.RESIDENTS);
    if (!measure.hasPeople()) {
      asked.fault("measure", measure.title() + "数的不是人；岗位与缴费基数背后的单位见 /api/v1/analysis/enterprises");
    }
    boolean byStatus = measure.source() == Measure.Source.STOCK;
    Map<Dimension, List<String>> codes = cell("cell", asking.cell(), asked);
    boolean left = Boolean.TRUE.equals(asking.left());
    if (!codes.isEmpty() && (left || !byStatus)) {
      asked.fault("cell", left ? "已离开的人在这个月没有状态" : measure.title() + "没有按这些维度的数字");
    }
    if (left && asking.was() == null) {
      asked.fault("was", "看已离开的人要说从哪里（was、wasMonth）");
    }
    String by = asking.regionBy() == null ? measure.regionBy().getFirst() : asking.regionBy();
    asked.known("regionBy", by, measure.regionBy());
    String group = asking.group();
    if (group != null && asked.known("group", group, groups) && !measure.groupsBehind()) {
      asked.fault("group", measure.title() + "没有按重点群体的数字");
    }
    int month = asked.month("month", asking.month());
    String work = place("work", asking.work(), asked);
    if (work != null && !byStatus) {
      asked.fault("work", measure.title() + "没有按就业地的数字");
    }
    if (asking.cohort() != null || asking.was() != null) {
      if (!byStatus) {
        asked.fault(asking.cohort() == null ? "was" : "cohort", measure.title() + "不能按另一月的状态挑人");
      } else if (!AT_HOME.contains(by)) {
        asked.fault("regionBy", "按另一月的状态挑人只能看常住（residence）或户籍（hukou）：那时可能在别处就业、参保");
      }
    }
    return new PeopleBehind(
        measure,
        new Stand(codes, work, month),
        left,
        group,
        asked.region(asking.region()),
        by,
        moved(asking, month, asked),
        was(asking, asked));
  }

  private static @Nullable Moved moved(CellQuestion asking, int month, Asked asked) {
    String cohort = asking.cohort();
    if (cohort == null) {
      return null;
    }
    asked.known("cohort", cohort, PeopleBehind.COHORTS);
    Integer when = asking.cohortMonth();
    return new Moved(cohort, when == null ? month : asked.month("cohortMonth", when));
  }

  private static @Nullable Stand was(CellQuestion asking, Asked asked) {
    return asking.was() == null
        ? null
        : new Stand(
            cell("was", asking.was(), asked),
            place("wasWork", asking.wasWork(), asked),
            asked.month("wasMonth", asking.wasMonth()));
  }

  private static @Nullable String place(String field, @Nullable String code, Asked asked) {
    if (code != null && !PLACE.matcher(code).matches()) {
      asked.fault(field, "写区划代码的前 2、4 或 6 位");
      return null;
    }
    return code;
  }

  private static Map<Dimension, List<String>> cell(
      String field, @Nullable String text, Asked asked) {
    Map<Dimension, List<String>> codes = Dimension.filters(field, text == null ? "" : text, asked);
    if (codes.containsKey(Dimension.MONTH)) {
      asked.fault(field, "月份写在 " + (field.equals("was") ? "wasMonth" : "month") + " 里");
    }
    return codes;
  }
}
