package cn.ganye.pool.intake;

import cn.ganye.pool.contract.CodeList;
import cn.ganye.pool.contract.ColumnType;
import cn.ganye.pool.contract.Condition;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contract.Column;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.reference.Parameter;
import cn.ganye.reference.ResidentId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges a record whose cells are read, by what its contract says of them together: what stands in
 * for an empty cell, least values, checks.
 */
final class Judgement {
  private final Column[] columns;
  private final int[] storedAt;

  /** Where the row has the person; −1 if it has none. */
  private final int personAt;

  /** Columns in which something stands in for nothing, or that have a least value. */
  private final int[] judged;

  private final List<@Nullable Rule> unless;
  private final List<Rule> rules = new ArrayList<>();

  /** A compiled condition: what is wrong if it does not hold. */
  private record Rule(
      int left, Condition.Operator operator, int right, long constant, boolean refuses) {}

  /**
   * @param storedAt for each column its place in a row, −1 if it is not in it
   * @param asOf yyyymmdd; the day whose parameters count
   */
  Judgement(Contract contract, int[] storedAt, Contracts contracts, int asOf) {
    this.columns = contract.columns().toArray(Column[]::new);
    this.storedAt = storedAt;
    this.personAt =
        IntStream.range(0, columns.length)
            .filter(c -> columns[c].type().isPerson())
            .map(c -> storedAt[c])
            .findFirst()
            .orElse(-1);
    this.judged =
        IntStream.range(0, columns.length)
            .filter(c -> storedAt[c] >= 0)
            .filter(c -> columns[c].standsIn() != null || columns[c].min() != null)
            .toArray();
    this.unless =
        Arrays.stream(columns)
            .map(c -> c.unless() == null ? null : compile(c.unless(), contracts, true))
            .toList();
    for (Contract.Check check : contract.checks()) {
      Condition that = check.param() == null ? check.that() : dated(check, asOf);
      Rule rule = that == null ? null : compile(that, contracts, check.refuses());
      if (rule != null) {
        rules.add(rule);
      }
    }
  }

  /** A check with the value that its parameter has on the day of the file; null if it has none. */
  private static @Nullable Condition dated(Contract.Check check, int asOf) {
    LocalDate day = LocalDate.of(asOf / 10_000, asOf / 100 % 100, asOf % 100);
    return Parameter.on(day, String.valueOf(check.param()), "")
        .map(
            value ->
                new Condition(
                    check.that().left(),
                    check.that().operator(),
                    value.value().toBigInteger().toString()))
        .orElse(null);
  }

  private @Nullable Rule compile(Condition condition, Contracts contracts, boolean refuses) {
    int left = index(condition.left());
    if (left < 0) {
      return null;
    }
    int right = index(condition.right());
    long constant = right >= 0 ? 0 : constant(columns[left], condition.right(), contracts);
    return new Rule(left, condition.operator(), right, constant, refuses);
  }

  private static long constant(Column column, String word, Contracts contracts) {
    if (column.list() != null) {
      CodeList list = contracts.list(column.list());
      Integer index = list.index(word);
      return index == null ? -1 : index;
    }
    long number = Long.parseLong(word);
    return column.type() == ColumnType.YUAN ? number * 100 : number;
  }

  private int index(String name) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Fills in what stands in for empty cells of a row, and adds what is wrong with it.
   *
   * @return how many checks that only warn do not hold
   */
  int of(long[] row, List<Batch.Problem> problems) {
    for (int c : judged) {
      Column column = columns[c];
      int at = storedAt[c];
      if (row[at] == Values.ABSENT
          && column.standsIn() != null
          && personAt >= 0
          && row[personAt] != Values.ABSENT) {
        ResidentId id = new ResidentId(row[personAt]);
        row[at] = column.standsIn().equals("birth") ? id.birthDay() : id.sex();
      }
      Long min = column.min();
      Rule exception = unless.get(c);
      if (min != null
          && row[at] != Values.ABSENT
          && row[at] < min
          && !(exception != null && holds(row, exception, false))) {
        problems.add(new Batch.Problem(column.name(), RefusalReason.OUT_OF_RANGE));
      }
    }
    int warnings = 0;
    for (Rule rule : rules) {
      if (holds(row, rule, true)) {
        continue;
      }
      if (rule.refuses()) {
        problems.add(new Batch.Problem(columns[rule.left()].name(), RefusalReason.CHECK_FAILED));
      } else {
        warnings++;
      }
    }
    return warnings;
  }

  private boolean holds(long[] row, Rule rule, boolean ifAbsent) {
    long left = row[storedAt[rule.left()]];
    long right = rule.right() >= 0 ? row[storedAt[rule.right()]] : rule.constant();
    return left == Values.ABSENT || right == Values.ABSENT
        ? ifAbsent
        : rule.operator().holds(left, right);
  }
}
