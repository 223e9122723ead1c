package cn.ganye.server.analysis.internal.close;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Audit;
import cn.ganye.server.access.Current;
import cn.ganye.server.analysis.internal.Disclosure;
import cn.ganye.server.analysis.internal.Measure;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.problems.Problem.Fault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Months that were closed: frozen from a snapshot, explained, locked, never changed again. */
@Service
class MonthCloses {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** One of a list. */
  record CloseHeader(
      String region,
      int month,
      String state,
      String snapshot,
      String frozenBy,
      Instant frozenAt,
      @Nullable String lockedBy,
      @Nullable Instant lockedAt) {}

  private record Kept(CloseHeader header, Frozen frozen) {}

  private record Explanation(String measure, String text) {}

  private final JdbcClient database;
  private final Marts marts;
  private final Freezer freezer;
  private final Disclosure disclosure;
  private final Audit audit;
  private final Clock clock;

  MonthCloses(
      JdbcClient database,
      Marts marts,
      Freezer freezer,
      Disclosure disclosure,
      Audit audit,
      Clock clock) {
    this.database = database;
    this.marts = marts;
    this.freezer = freezer;
    this.disclosure = disclosure;
    this.audit = audit;
    this.clock = clock;
  }

  private static final String HEADER =
      "SELECT region, month, state, snapshot, frozen_by, frozen_at, locked_by, locked_at";

  /** Those within the account's region, the newest month first. */
  @Transactional(readOnly = true)
  List<CloseHeader> list() {
    return database
        .sql(HEADER + " FROM analysis.month_close ORDER BY month DESC, region")
        .query((row, n) -> header(row))
        .list();
  }

  private static CloseHeader header(ResultSet row) throws SQLException {
    Timestamp locked = row.getTimestamp("locked_at");
    return new CloseHeader(
        row.getString("region"),
        row.getInt("month"),
        row.getString("state"),
        row.getString("snapshot"),
        row.getString("frozen_by"),
        row.getTimestamp("frozen_at").toInstant(),
        row.getString("locked_by"),
        locked == null ? null : locked.toInstant());
  }

  /** Freezes a month of the account's own region, anew if it is not locked. */
  @Transactional
  void freeze(int month) {
    Account account = Current.account();
    Snapshot snapshot = marts.snapshot();
    find(account.region(), month).ifPresent(MonthCloses::refuseLocked);
    marts.keep(snapshot.id());
    Frozen frozen = freezer.freeze(snapshot, account.region(), month);
    database
        .sql(
            "INSERT INTO analysis.month_close (region, month, state, snapshot, figures, frozen_by, frozen_at)"
                + " VALUES (?, ?, 'frozen', ?, ?::jsonb, ?, ?) ON CONFLICT (region, month) DO UPDATE SET"
                + " snapshot = excluded.snapshot, figures = excluded.figures, frozen_by = excluded.frozen_by, frozen_at = excluded.frozen_at")
        .param(account.region())
        .param(month)
        .param(snapshot.id())
        .param(JSON.writeValueAsString(frozen))
        .param(account.username())
        .param(Timestamp.from(clock.instant()))
        .update();
    audit.write("month-frozen", account.region() + " " + month, "", snapshot.id());
  }

  /** Says why a measure has changed; an empty text takes back what was said. */
  @Transactional
  void explain(String region, int month, String measure, String text) {
    Kept kept = own(region, month);
    if (text.isBlank()) {
      database
          .sql(
              "DELETE FROM analysis.close_explanation WHERE region = ? AND month = ? AND measure = ?")
          .params(region, month, measure)
          .update();
      return;
    }
    if (kept.frozen().lines().stream().noneMatch(line -> line.measure().equals(measure))) {
      throw Problem.invalid(new Fault("measure", "简报里没有这个指标"));
    }
    if (text.strip().length() < 2 || text.strip().length() > 300) {
      throw Problem.invalid(new Fault("text", "应为 2 至 300 个字"));
    }
    database
        .sql(
            "INSERT INTO analysis.close_explanation (region, month, measure, text, written_by, written_at) VALUES (?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (region, month, measure) DO UPDATE SET text = excluded.text, written_by = excluded.written_by, written_at = excluded.written_at")
        .params(
            region,
            month,
            measure,
            text.strip(),
            Current.account().username(),
            Timestamp.from(clock.instant()))
        .update();
  }

  /** Locks a month whose changes are explained. */
  @Transactional
  void lock(String region, int month) {
    own(region, month);
    List<Fault> open =
        closed(region, month).lines().stream()
            .filter(line -> line.toExplain() && line.explanation() == null)
            .map(line -> new Fault(line.measure(), line.title() + "比上月变化较大，还没有写原因"))
            .toList();
    if (!open.isEmpty()) {
      throw Problem.of(
          HttpStatus.CONFLICT,
          "changes-not-explained",
          "还有变化没有说明原因，不能锁定",
          "逐项写明原因，或采用自动说明，再锁定",
          open.toArray(Fault[]::new));
    }
    int locked =
        database
            .sql(
                "UPDATE analysis.month_close SET state = 'locked', locked_by = ?, locked_at = ? WHERE region = ? AND month = ? AND state = 'frozen'")
            .params(Current.account().username(), Timestamp.from(clock.instant()), region, month)
            .update();
    if (locked == 0) {
      throw locked();
    }
    audit.write("month-locked", region + " " + month, "", "");
  }

  /** A month as the account may see it. */
  @Transactional(readOnly = true)
  Closed closed(String region, int month) {
    Kept kept = find(region, month).orElseThrow(() -> Problem.notFound("该月结"));
    boolean exact = disclosure.exact(Current.account().role());
    Frozen frozen = exact ? kept.frozen() : kept.frozen().open();
    Map<String, String> said =
        database
            .sql(
                "SELECT measure, text FROM analysis.close_explanation WHERE region = ? AND month = ?")
            .params(region, month)
            .query((row, n) -> new Explanation(row.getString(1), row.getString(2)))
            .list()
            .stream()
            .collect(Collectors.toMap(Explanation::measure, Explanation::text));
    CloseHeader header = kept.header();
    Snapshot now = marts.snapshot();
    return new Closed(
        region,
        month,
        header.state(),
        header.snapshot(),
        header.frozenBy(),
        header.frozenAt(),
        header.lockedBy(),
        header.lockedAt(),
        exact,
        frozen.months(),
        frozen.lines().stream().map(line -> line(frozen, line, said.get(line.measure()))).toList(),
        frozen.lacking(),
        !now.id().equals(header.snapshot()),
        now.synthetic());
  }

  private static Closed.ClosedLine line(
      Frozen frozen, Frozen.Line line, @Nullable String explanation) {
    Measure measure = line.what();
    Frozen.Value now = line.ago(0);
    Double month = Changes.between(measure, line.ago(1), now);
    return new Closed.ClosedLine(
        line.measure(),
        measure.title(),
        measure.unit(),
        measure.nature(),
        measure.definition(),
        measure.good(),
        line.regionBy(),
        measure.hasPeople(),
        measure.enterprises(),
        now.number(measure),
        month,
        Changes.between(measure, line.ago(12), now),
        now.withheld(),
        Changes.notable(measure, month),
        Changes.explained(frozen, line),
        explanation,
        line.series().stream().map(value -> value.number(measure)).toList(),
        line.areas().stream()
            .map(
                a ->
                    new Closed.ClosedArea(
                        a.region(),
                        a.now().number(measure),
                        Changes.between(measure, a.before(), a.now()),
                        Changes.between(measure, a.yearBefore(), a.now()),
                        a.now().withheld(),
                        Changes.ranked(a.yearBefore())))
            .toList());
  }

  /** The figures as they were frozen, of a month that the account may see as it is. */
  @Transactional(readOnly = true)
  Frozen frozen(String region, int month) {
    return find(region, month).orElseThrow(() -> Problem.notFound("该月结")).frozen();
  }

  private Kept own(String region, int month) {
    Kept kept = find(region, month).orElseThrow(() -> Problem.notFound("该月结"));
    if (!region.equals(Current.account().region())) {
      throw Problem.forbidden();
    }
    refuseLocked(kept);
    return kept;
  }

  private static void refuseLocked(Kept kept) {
    if (kept.header().state().equals("locked")) {
      throw locked();
    }
  }

  private static Problem locked() {
    return Problem.of(HttpStatus.CONFLICT, "month-locked", "该月已锁定，不能再改", "之后的变化见“锁定后的修订”");
  }

  private Optional<Kept> find(String region, int month) {
    return database
        .sql(HEADER + ", figures FROM analysis.month_close WHERE region = ? AND month = ?")
        .params(region, month)
        .query(
            (row, n) ->
                new Kept(header(row), JSON.readValue(row.getString("figures"), Frozen.class)))
        .optional();
  }
}
