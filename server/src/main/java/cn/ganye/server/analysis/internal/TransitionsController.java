package cn.ganye.server.analysis.internal;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Kept;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Months;
import cn.ganye.server.marts.Row;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where people stood in one month, and where the same people stand in another. */
@RestController
@RequestMapping("/api/v1/analysis")
class TransitionsController {
  private static final int KEPT = 100;
  private static final List<String> BY = List.of("status", "industry", "region");

  /** All; those of a status; those who lost or took up work in the first month. */
  private static final List<String> COHORTS =
      List.of("all", "employed", "unemployed", "lost-work", "took-work");

  /** So many people who were in one state and are in another. */
  record Transition(String from, String to, long people) {}

  /**
   * Transitions between two months.
   *
   * @param by what a state is: status; for the employed also the section, or the place of work
   * @param cohort of those who lost or took up work, the first state is that of the month before
   * @param transitions the largest first; {@code LEFT} is who has died or left the province's frame
   * @param total of all together
   */
  record Transitions(
      String region,
      int from,
      int to,
      String by,
      String cohort,
      boolean perturbed,
      List<Transition> transitions,
      long total,
      Snapshot snapshot) {}

  private record Question(String region, int before, int from, int to, String by, String cohort) {}

  private record Counted(String from, String to, long people, long key) {}

  private final Marts marts;
  private final Disclosure disclosure;
  private final Kept<List<Counted>> kept = new Kept<>(KEPT);

  TransitionsController(Marts marts, Disclosure disclosure) {
    this.marts = marts;
    this.disclosure = disclosure;
  }

  /**
   * Transitions of those who live in a region (by their last known residence).
   *
   * @param from a month; a year before the last if not given
   * @param to a later month; the last if not given
   */
  @GetMapping("/transitions")
  @Allowed(figures = true)
  Transitions transitions(
      @RequestParam(required = false) @Nullable Integer from,
      @RequestParam(required = false) @Nullable Integer to,
      @RequestParam(required = false, defaultValue = "status") String by,
      @RequestParam(required = false, defaultValue = "all") String cohort,
      @RequestParam(required = false) @Nullable String region) {
    Account account = Current.account();
    Snapshot snapshot = marts.snapshot();
    Asked asked = new Asked(account, snapshot);
    asked.known("by", by, BY);
    asked.known("cohort", cohort, COHORTS);
    int last = asked.month("to", to);
    int first =
        asked.month("from", from == null ? Math.max(snapshot.firstMonth(), last - 100) : from);
    if (first > last) {
      asked.fault("from", "应不晚于 to（" + last + "）");
    }
    int before = Months.before(first);
    boolean moved = cohort.endsWith("-work");
    if (moved && before < snapshot.firstMonth()) {
      asked.fault("from", "看失去或找到工作的人要有上一个月，最早 " + Months.after(snapshot.firstMonth()));
    }
    String where = asked.region(region);
    asked.check();
    Question question = new Question(where, moved ? before : first, first, last, by, cohort);
    List<Counted> counted = kept.get(snapshot.id() + " " + question, () -> counted(question));
    boolean exact = disclosure.exact(account.role());
    List<Transition> shown =
        counted.stream()
            .map(c -> new Transition(c.from(), c.to(), shown(c.people(), c.key(), exact)))
            .filter(t -> t.people() > 0)
            .toList();
    long people = counted.stream().mapToLong(Counted::people).sum();
    long key = counted.stream().mapToLong(Counted::key).sum();
    return new Transitions(
        where, first, last, by, cohort, !exact, shown, shown(people, key, exact), snapshot);
  }

  private long shown(long people, long key, boolean exact) {
    return exact ? people : disclosure.shown(people, key);
  }

  private List<Counted> counted(Question question) {
    String state = state(question);
    String moved =
        switch (question.cohort()) {
          case "employed" -> " WHERE o.status = 'EMPLOYED'";
          case "unemployed" -> " WHERE o.status = 'UNEMPLOYED'";
          case "lost-work" ->
              " JOIN at_from f ON f.person = o.person"
                  + " WHERE o.status = 'EMPLOYED' AND f.status <> 'EMPLOYED' AND f.basis <> 'not-covered'";
          case "took-work" ->
              " JOIN at_from f ON f.person = o.person"
                  + " WHERE o.status <> 'EMPLOYED' AND f.status = 'EMPLOYED' AND o.basis <> 'not-covered'";
          default -> "";
        };
    return marts.inRegion(
        new Scope("", "", question.region()),
        "WITH origin AS ("
            + in(state, question)
            + "), at_from AS ("
            + in(state, question)
            + "), target AS ("
            + in(state, question)
            + ") SELECT o.state AS origin, COALESCE(t.state, 'LEFT') AS target, COUNT(*) AS people,"
            + " SUM(mix32(o.person)) % 4294967296 AS cell_key"
            + " FROM origin o LEFT JOIN target t ON t.person = o.person"
            + moved
            + " GROUP BY ALL ORDER BY people DESC, origin, target",
        TransitionsController::counted,
        question.before(),
        question.before(),
        question.from(),
        question.from(),
        question.to(),
        question.to());
  }

  private static String in(String state, Question question) {
    return "SELECT person, status, basis, "
        + state
        + " AS state FROM person_state WHERE residence LIKE '"
        + question.region()
        + "%' AND from_month <= ? AND to_month >= ?";
  }

  private static String state(Question question) {
    String status = "CASE WHEN basis = 'not-covered' THEN 'NOT_COVERED' ELSE status END";
    int digits = question.region().length() == 2 ? 4 : 6;
    return switch (question.by()) {
      case "industry" -> "CASE WHEN status = 'EMPLOYED' THEN industry ELSE " + status + " END";
      case "region" ->
          "CASE WHEN status <> 'EMPLOYED' THEN "
              + status
              + " WHEN region LIKE '"
              + FiguresScope.HOME
              + "%' THEN SUBSTR(region, 1, "
              + digits
              + ") ELSE SUBSTR(region, 1, 2) END";
      default -> status;
    };
  }

  private static Counted counted(Row row) {
    return new Counted(
        row.text("origin"), row.text("target"), row.number("people"), row.number("cell_key"));
  }
}
