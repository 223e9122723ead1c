package cn.ganye.server.employers.internal;

import cn.ganye.reference.CreditCode;
import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.employers.internal.KeyEnterprises.Kind;
import cn.ganye.server.employers.internal.KeyEnterprises.Naming;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Months;
import cn.ganye.server.marts.Row;
import cn.ganye.server.marts.Rows;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.problems.Problem.Fault;
import cn.ganye.server.storage.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 重点企业: named by offices, and how many people they employ. */
@RestController
@RequestMapping("/api/v1/employers")
class KeyEnterprisesController {
  private static final int OFFICER = 60;
  private static final int LINES = 500;
  private static final int COUNTY_DIGITS = 6;

  /** What an office says of an enterprise that it names. */
  record Saying(@Nullable String kind, @Nullable String officer) {}

  /**
   * A list to name all at once.
   *
   * @param text a line for each enterprise: credit code or unit number, then, after a tab, comma or
   *     space, the service officer if there is one
   */
  record NamingList(@Nullable String text, @Nullable String kind) {}

  /** A line that names nobody, and why. */
  record LeftOut(int line, String text, String why) {}

  /** What became of a list. */
  record ListTaken(int named, List<LeftOut> leftOut) {}

  /**
   * A key enterprise within a region.
   *
   * @param region the county where most of its people of that region work
   * @param headcount null where a month needed has not come; 0 where nobody is employed any more
   * @param monthBefore headcount of the month before
   * @param yearBefore of the same month a year before
   * @param longitude as filed; null if it was not
   */
  record KeyEnterprise(
      UUID ref,
      String number,
      String name,
      String region,
      String industry,
      @Nullable Long headcount,
      @Nullable Long monthBefore,
      @Nullable Long yearBefore,
      @Nullable Double longitude,
      @Nullable Double latitude,
      List<Naming> namings) {}

  /**
   * The list, the largest first.
   *
   * @param mayName whether the account's office keeps a list of its own
   */
  record KeyEnterpriseList(
      String region,
      int month,
      boolean mayName,
      List<KeyEnterprise> enterprises,
      Snapshot snapshot) {}

  private final Marts marts;
  private final KeyEnterprises keys;

  KeyEnterprisesController(Marts marts, KeyEnterprises keys) {
    this.marts = marts;
    this.keys = keys;
  }

  /**
   * Those with jobs in a region.
   *
   * @param region within the account's own, which it is if none is given
   * @param month the last if none is given
   */
  @GetMapping("/key")
  @Allowed
  KeyEnterpriseList list(
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false) @Nullable Integer month) {
    Account account = Current.account();
    Snapshot snapshot = marts.snapshot();
    String own = county(account.region());
    String where = county(region == null ? own : region);
    int when = month == null ? snapshot.lastMonth() : month;
    if (when < snapshot.firstMonth() || when > snapshot.lastMonth()) {
      throw Problem.invalid(
          new Fault("month", "应在 " + snapshot.firstMonth() + " 至 " + snapshot.lastMonth() + " 之间"));
    }
    if (!where.startsWith(own)) {
      throw Problem.notFound("该区划");
    }
    Map<UUID, List<Naming>> named = keys.all();
    return new KeyEnterpriseList(
        where,
        when,
        KeyEnterprises.NAMING.contains(account.role()),
        named.isEmpty()
            ? List.of()
            : marts.inRegion(
                new Scope("", "", where), rows -> read(rows, named, when, snapshot.firstMonth())),
        snapshot);
  }

  /** Names one. */
  @PostMapping("/{ref}/key")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY})
  List<Naming> name(@PathVariable UUID ref, @RequestBody Saying saying) {
    List<Fault> faults = new ArrayList<>();
    Optional<Kind> kind = kind(saying.kind(), faults);
    String officer = officer(saying.officer());
    if (officer.length() > OFFICER) {
      faults.add(new Fault("officer", "不超过 " + OFFICER + " 个字"));
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults.toArray(Fault[]::new));
    }
    if (marts.employer(Current.account().scope(), ref).isEmpty()) {
      throw Problem.notFound("该单位");
    }
    keys.name(ref, kind.orElseThrow(), officer);
    return keys.of(ref);
  }

  /** Takes one off the office's own list. */
  @PostMapping("/{ref}/key/remove")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY})
  List<Naming> remove(@PathVariable UUID ref) {
    if (!keys.remove(ref)) {
      throw Problem.notFound("本单位名单里的这家企业");
    }
    return keys.of(ref);
  }

  /** Names those of a list; lines that name nobody in the office's region are told, not taken. */
  @PostMapping("/key")
  @Allowed({Role.PROVINCE, Role.CITY, Role.COUNTY})
  @Transactional
  public ListTaken take(@RequestBody NamingList list) {
    List<Fault> faults = new ArrayList<>();
    Optional<Kind> kind = kind(list.kind(), faults);
    List<String> lines = Objects.requireNonNullElse(list.text(), "").lines().toList();
    if (lines.stream().allMatch(String::isBlank)) {
      faults.add(new Fault("text", "每行一家：统一社会信用代码或单位编号，后面可写服务专员"));
    } else if (lines.size() > LINES) {
      faults.add(new Fault("text", "一次不超过 " + LINES + " 行，请分几次"));
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults.toArray(Fault[]::new));
    }
    List<String[]> parts = lines.stream().map(line -> line.strip().split("[\t,，;； ]+", 2)).toList();
    Map<String, UUID> known = known(parts.stream().map(part -> CreditCode.plain(part[0])).toList());
    Set<UUID> taken = new TreeSet<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      String number = CreditCode.plain(parts.get(at)[0]);
      String officer = officer(parts.get(at).length > 1 ? parts.get(at)[1] : "");
      UUID ref = known.get(number);
      if (number.isEmpty()) {
        continue;
      }
      if (ref == null) {
        leftOut.add(new LeftOut(at + 1, lines.get(at), "本辖区没有用这个代码参保的单位"));
      } else if (officer.length() > OFFICER) {
        leftOut.add(new LeftOut(at + 1, lines.get(at), "服务专员不超过 " + OFFICER + " 个字"));
      } else if (!taken.add(ref)) {
        leftOut.add(new LeftOut(at + 1, lines.get(at), "与上面某行是同一家企业"));
      } else {
        keys.name(ref, kind.orElseThrow(), officer);
      }
    }
    return new ListTaken(taken.size(), leftOut);
  }

  private Map<String, UUID> known(Collection<String> numbers) {
    Map<String, UUID> known = new HashMap<>();
    marts.inRegion(
        Current.account().scope(),
        "SELECT number, enterprise_ref FROM enterprise WHERE number IN (" + marks(numbers) + ")",
        row -> known.put(row.text("number"), UUID.fromString(row.text("enterprise_ref"))),
        numbers.toArray());
    return known;
  }

  private static Optional<Kind> kind(@Nullable String word, List<Fault> faults) {
    Optional<Kind> kind = Arrays.stream(Kind.values()).filter(k -> k.word.equals(word)).findFirst();
    if (kind.isEmpty()) {
      faults.add(new Fault("kind", "应为 chain（龙头企业）、jobs（用工大户）或 other（其他）"));
    }
    return kind;
  }

  private static String officer(@Nullable String text) {
    return Objects.requireNonNullElse(text, "").strip();
  }

  private static String county(String region) {
    return region.substring(0, Math.min(COUNTY_DIGITS, region.length()));
  }

  private static String marks(Collection<?> values) {
    return String.join(", ", Collections.nCopies(values.size(), "?"));
  }

  /**
   * An establishment has rows from its first month with jobs to the one after its last: in a month
   * without a row nobody is employed there, unless the last row before it is not known either.
   */
  private static List<KeyEnterprise> read(
      Rows rows, Map<UUID, List<Naming>> named, int month, int first) {
    List<Object> parameters = new ArrayList<>();
    named.keySet().forEach(ref -> parameters.add(ref.toString()));
    parameters.add(month);
    parameters.add(Months.before(month));
    parameters.add(month - 100);
    parameters.add(first);
    return rows.read(
        "WITH key AS (SELECT enterprise, enterprise_ref AS ref, MIN(number) AS number, MIN(name) AS name FROM enterprise"
            + (" WHERE enterprise_ref IN ("
                + marks(named.keySet())
                + ") GROUP BY enterprise, enterprise_ref),")
            + " asked AS (SELECT * FROM (VALUES ('now', ?::INTEGER), ('month', ?::INTEGER), ('year', ?::INTEGER)) v(which, month)"
            + " WHERE month >= ?),"
            + " last AS (SELECT m.enterprise, m.region, a.which, a.month, MAX(m.month) AS told, ARG_MAX(COALESCE(m.headcount, -1), m.month) AS headcount"
            + " FROM enterprise_month m JOIN asked a ON m.month <= a.month WHERE m.enterprise IN (SELECT enterprise FROM key) GROUP BY ALL),"
            + " worked AS (SELECT enterprise, which, CASE WHEN MIN(headcount) >= 0 THEN SUM(CASE WHEN told = month THEN headcount ELSE 0 END) END AS headcount"
            + " FROM last GROUP BY enterprise, which),"
            + " place AS (SELECT enterprise, ARG_MAX(region, headcount) AS region, ARG_MAX(industry, headcount) AS industry"
            + " FROM enterprise_place GROUP BY enterprise),"
            + " spot AS (SELECT enterprise, ARG_MAX(px, COALESCE(headcount, 0)) AS px, ARG_MAX(py, COALESCE(headcount, 0)) AS py FROM enterprise_spot GROUP BY enterprise)"
            + " SELECT k.ref, k.number, k.name, p.region, p.industry,"
            + " MAX(CASE WHEN w.which = 'now' THEN w.headcount END) AS headcount,"
            + " MAX(CASE WHEN w.which = 'month' THEN w.headcount END) AS month_before,"
            + " MAX(CASE WHEN w.which = 'year' THEN w.headcount END) AS year_before,"
            + " s.px / 16777216.0 * 360 - 180 AS longitude,"
            + " DEGREES(ATAN(SINH(PI() * (1 - 2 * s.py / 16777216.0)))) AS latitude"
            + " FROM key k JOIN place p ON p.enterprise = k.enterprise"
            + " LEFT JOIN worked w ON w.enterprise = k.enterprise LEFT JOIN spot s ON s.enterprise = k.enterprise"
            + " GROUP BY ALL ORDER BY headcount DESC NULLS LAST, k.ref",
        row -> keyEnterprise(row, named),
        parameters.toArray());
  }

  private static KeyEnterprise keyEnterprise(Row row, Map<UUID, List<Naming>> named) {
    UUID ref = UUID.fromString(row.text("ref"));
    return new KeyEnterprise(
        ref,
        row.text("number"),
        row.text("name"),
        row.text("region"),
        row.text("industry"),
        row.numberOrNull("headcount"),
        row.numberOrNull("month_before"),
        row.numberOrNull("year_before"),
        row.decimalOrNull("longitude"),
        row.decimalOrNull("latitude"),
        named.getOrDefault(ref, List.of()));
  }
}
