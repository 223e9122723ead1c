package cn.ganye.server.people.internal;

import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Employer;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Row;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.marts.SourceRecord;
import cn.ganye.server.people.PersonLine;
import cn.ganye.server.people.internal.PersonIndex.Found;
import cn.ganye.server.problems.Nearest;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.storage.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 一人一档. */
@RestController
@RequestMapping("/api/v1/people")
class PeopleController {
  private static final int PAGE = 20;

  private final PersonGate gate;
  private final Marts marts;

  PeopleController(PersonGate gate, Marts marts) {
    this.gate = gate;
    this.marts = marts;
  }

  /**
   * A page of a search.
   *
   * @param next cursor of the page after; null if this is the last
   * @param outOfScope whether a full number was given and nobody of the scope has it: such a person
   *     may be looked up at the window
   */
  record People(List<PersonLine> people, @Nullable Integer next, boolean outOfScope) {}

  record WindowLookup(@Nullable String number, @Nullable String reason) {}

  record Reason(@Nullable String reason) {}

  /** What one source says, or what follows from all: a dataset of "" is the inferred status. */
  record Fact(
      int from,
      int to,
      String dataset,
      String fact,
      @Nullable UUID employer,
      @Nullable String employerName,
      @Nullable String region,
      @Nullable Long amount) {
    private Fact at(@Nullable Employer at) {
      return at == null
          ? this
          : new Fact(from, to, dataset, fact, at.ref(), at.name(), region, amount);
    }
  }

  record Status(
      int from,
      int to,
      String status,
      String basis,
      @Nullable UUID employer,
      @Nullable String employerName,
      String region,
      String industry) {
    private Status at(@Nullable Employer at) {
      return at == null
          ? this
          : new Status(from, to, status, basis, at.ref(), at.name(), region, industry);
    }
  }

  record Conflict(int from, int to, String evidence, int since, String against, int againstSince) {}

  /** Everything known of a person, with the snapshot that it is known from. */
  record PersonFile(
      PersonLine person,
      String number,
      String insured,
      String education,
      int lastMonth,
      List<Status> statuses,
      List<Fact> facts,
      List<Conflict> conflicts,
      List<PersonLine> household,
      Snapshot snapshot) {}

  @GetMapping
  @Allowed
  People search(
      @RequestParam String query,
      @RequestParam(required = false) @Nullable Integer birthYear,
      @RequestParam(required = false) @Nullable Integer after) {
    String text = query.strip();
    if (text.isEmpty() || text.length() > 40) {
      throw Problem.invalid(new Problem.Fault("query", "输入姓名、拼音、首字母或完整公民身份号码，不超过 40 个字"));
    }
    Scope scope = Current.account().scope();
    Optional<UUID> ref = gate.reference(text);
    if (ref.isPresent()) {
      List<PersonLine> found =
          gate.inIndex(names -> names.inScope(scope, ref.get())).map(p -> line(p)).stream()
              .toList();
      return new People(found, null, found.isEmpty());
    }
    PersonIndex.Page page =
        gate.inIndex(
            names ->
                names.byName(
                    scope,
                    text,
                    birthYear == null ? 0 : birthYear,
                    after == null ? -1 : after,
                    PAGE));
    return new People(lines(page.people()), page.next(), false);
  }

  @PostMapping("/window-lookup")
  @Allowed
  PersonLine windowLookup(@RequestBody WindowLookup lookup) {
    return line(gate.atTheWindow(or(lookup.number()), or(lookup.reason())));
  }

  @PostMapping("/{ref}/reveal")
  @Allowed
  PersonGate.Revealed reveal(@PathVariable UUID ref, @RequestBody Reason reason) {
    return gate.reveal(ref, or(reason.reason()));
  }

  private static String or(@Nullable String value) {
    return value == null ? "" : value;
  }

  @GetMapping("/{ref}")
  @Allowed
  PersonFile file(@PathVariable UUID ref) {
    Found person = gate.see(ref);
    long key = person.person();
    Known known = known(key);
    Snapshot snapshot = marts.snapshot();
    return new PersonFile(
        line(person),
        gate.masked(person),
        person.insured(),
        person.education(),
        person.lastMonth(),
        known.statuses(),
        known.facts(),
        known.conflicts(),
        household(person),
        snapshot);
  }

  private record Known(List<Status> statuses, List<Fact> facts, List<Conflict> conflicts) {}

  /** A status or a fact whose employer is still a key of the pool. */
  private record Keyed<T>(@Nullable Long enterprise, Function<@Nullable Employer, T> named) {
    static <T> List<T> named(List<Keyed<T>> rows, Map<Long, Employer> employers) {
      return rows.stream()
          .map(r -> r.named().apply(r.enterprise() == null ? null : employers.get(r.enterprise())))
          .toList();
    }
  }

  private Known known(long person) {
    List<Keyed<Status>> statuses = new ArrayList<>();
    List<Keyed<Fact>> facts = new ArrayList<>();
    List<Conflict> conflicts = new ArrayList<>();
    marts.ofPerson(
        person,
        row ->
            row.textOrNull("status") != null
                ? statuses.add(status(row))
                : row.textOrNull("against") != null
                    ? conflicts.add(conflict(row))
                    : facts.add(fact(row)));
    Map<Long, Employer> employers =
        marts.employers(
            Stream.concat(statuses.stream(), facts.stream())
                .flatMap(row -> Stream.ofNullable(row.enterprise()))
                .collect(Collectors.toCollection(TreeSet::new)));
    return new Known(
        Keyed.named(statuses, employers).stream()
            .sorted(Comparator.comparingInt(Status::from).reversed())
            .toList(),
        Keyed.named(facts, employers).stream()
            .sorted(
                Comparator.comparingInt(Fact::to)
                    .thenComparingInt(Fact::from)
                    .reversed()
                    .thenComparing(Fact::dataset)
                    .thenComparing(Fact::fact))
            .toList(),
        conflicts.stream().sorted(Comparator.comparingInt(Conflict::from).reversed()).toList());
  }

  private static Keyed<Status> status(Row row) {
    Status status =
        new Status(
            (int) row.number("from_month"),
            (int) row.number("to_month"),
            row.text("status"),
            row.text("fact"),
            null,
            null,
            row.text("region"),
            row.text("industry"));
    return new Keyed<>(row.numberOrNull("enterprise"), status::at);
  }

  private static Keyed<Fact> fact(Row row) {
    Fact fact =
        new Fact(
            (int) row.number("from_month"),
            (int) row.number("to_month"),
            row.text("dataset"),
            row.text("fact"),
            null,
            null,
            row.textOrNull("region"),
            row.numberOrNull("amount"));
    return new Keyed<>(row.numberOrNull("enterprise"), fact::at);
  }

  private static Conflict conflict(Row row) {
    return new Conflict(
        (int) row.number("from_month"),
        (int) row.number("to_month"),
        row.text("fact"),
        (int) row.number("since_month"),
        row.text("against"),
        (int) row.number("against_since_month"));
  }

  /** The records of one source about the person: from which file, sent when. */
  @GetMapping("/{ref}/sources")
  @Allowed
  List<SourceRecord> sources(@PathVariable UUID ref, @RequestParam String dataset) {
    Found person = gate.see(ref);
    try {
      return marts.records(person.person(), dataset);
    } catch (IllegalArgumentException e) {
      String nearest = Nearest.to(dataset, marts.datasetsOfPersons()).orElse("");
      throw Problem.invalid(new Problem.Fault("dataset", "没有这个按人登记的数据集，是否指 " + nearest));
    }
  }

  private List<PersonLine> household(Found person) {
    String household = person.household();
    Scope scope = Current.account().scope();
    return household == null
        ? List.of()
        : lines(gate.inIndex(names -> names.household(scope, household)).people());
  }

  private PersonLine line(Found person) {
    return gate.line(person, marts.snapshot().lastMonth());
  }

  private List<PersonLine> lines(List<Found> people) {
    int lastMonth = marts.snapshot().lastMonth();
    return people.stream().map(person -> gate.line(person, lastMonth)).toList();
  }
}
