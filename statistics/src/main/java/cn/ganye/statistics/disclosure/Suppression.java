package cn.ganye.statistics.disclosure;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * Suppresses small counts of a published table, or sums that few dominate, and with them enough
 * others that nobody can work them out: cells add up to totals, so one gap alone is none.
 *
 * <p>Small counts are the primary cells. Complements are added until what the rest of the table
 * leaves open for each of them, as the solution of two linear programs, is at least as wide as the
 * least count that may be shown. After Fischetti and Salazar, Models and algorithms for optimizing
 * cell suppression in tabular data with linear constraints, JASA 95 (2000), of which this is the
 * attacker's problem with a greedy choice of complements: the result is protected, not the smallest
 * possible.
 */
public final class Suppression {
  /** Whether what the rest leaves open for a cell is enough to protect it. */
  @FunctionalInterface
  private interface Protected {
    boolean by(int cell, double least, double most);
  }

  private final long[] counts;
  private final List<Relation> relations;
  private final BitSet primary;
  private final Protected isProtected;
  private final BitSet suppressed = new BitSet();

  /**
   * A total that is the sum of its parts.
   *
   * @param total index of a cell
   * @param parts indices of cells
   */
  public record Relation(int total, List<Integer> parts) {
    private IntStream cells() {
      return IntStream.concat(IntStream.of(total), parts.stream().mapToInt(Integer::intValue));
    }
  }

  private Suppression(
      long[] counts, List<Relation> relations, BitSet primary, Protected isProtected) {
    this.counts = counts;
    this.relations = relations;
    this.primary = primary;
    this.isProtected = isProtected;
  }

  /**
   * The cells that must not be shown.
   *
   * @param counts of the cells; 0 may always be shown
   * @param relations all that is known to add up; a total may be a part of another one
   * @param fewest the least count that may be shown
   * @throws IllegalArgumentException if a count is negative or a relation does not add up
   */
  public static BitSet of(long[] counts, List<Relation> relations, long fewest) {
    BitSet small = new BitSet();
    IntStream.range(0, counts.length)
        .filter(cell -> counts[cell] > 0 && counts[cell] < fewest)
        .forEach(small::set);
    checkTable(counts, relations);
    return new Suppression(
            counts.clone(),
            List.copyOf(relations),
            small,
            (cell, least, most) -> most - least >= fewest)
        .protect();
  }

  /**
   * The cells of a table of sums, such as wages, that must not be shown, so that nobody can narrow
   * one down to within its protection (Hundepool et al., Statistical Disclosure Control, 2012,
   * section 4.3).
   *
   * @param values of the cells; 0 may always be shown
   * @param relations all that is known to add up
   * @param protection how far from its value each cell must stay open on both sides, down to 0; 0
   *     of a cell that may be shown. {@link Dominance#protection} tells it
   * @throws IllegalArgumentException if a value or a protection is negative or a relation does not
   *     add up
   */
  public static BitSet ofSums(long[] values, List<Relation> relations, long[] protection) {
    checkTable(values, relations);
    BitSet sensitive = new BitSet();
    for (int cell = 0; cell < values.length; cell++) {
      if (protection[cell] < 0) {
        throw new IllegalArgumentException("a protection is not negative: " + protection[cell]);
      }
      sensitive.set(cell, protection[cell] > 0);
    }
    return new Suppression(
            values.clone(),
            List.copyOf(relations),
            sensitive,
            (cell, least, most) ->
                most >= values[cell] + protection[cell]
                    && least <= Math.max(0, values[cell] - protection[cell]))
        .protect();
  }

  private static void checkTable(long[] counts, List<Relation> relations) {
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("a count is not negative: " + count);
      }
    }
    for (Relation relation : relations) {
      long sum = relation.parts().stream().mapToLong(part -> counts[part]).sum();
      if (sum != counts[relation.total()]) {
        throw new IllegalArgumentException(
            "parts add up to " + sum + ", their total is " + counts[relation.total()]);
      }
    }
  }

  private BitSet protect() {
    suppressed.or(primary);
    Deque<Integer> doubtful = new ArrayDeque<>();
    primary.stream().forEach(doubtful::add);
    fill();
    while (!doubtful.isEmpty()) {
      int cell = doubtful.getFirst();
      if (isOpen(cell) || !complement(cell)) {
        doubtful.removeFirst();
      } else {
        fill();
      }
    }
    return suppressed;
  }

  /** Gives every relation with one gap another. */
  private void fill() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Relation relation : relations) {
        if (relation.cells().filter(suppressed::get).count() == 1) {
          Optional<Integer> next = cheapest(Stream.of(relation));
          next.ifPresent(suppressed::set);
          changed |= next.isPresent();
        }
      }
    }
  }

  /** Suppresses one more cell beside a cell, or beside those that its value hangs on. */
  private boolean complement(int cell) {
    Optional<Integer> next = cheapest(relations.stream().filter(r -> has(r, cell)));
    if (next.isEmpty()) {
      BitSet around = component(cell);
      next = cheapest(relations.stream().filter(r -> r.cells().anyMatch(around::get)));
    }
    next.ifPresent(suppressed::set);
    return next.isPresent();
  }

  private static boolean has(Relation relation, int cell) {
    return relation.cells().anyMatch(c -> c == cell);
  }

  private Optional<Integer> cheapest(Stream<Relation> among) {
    return among
        .flatMapToInt(Relation::cells)
        .filter(cell -> counts[cell] > 0 && !suppressed.get(cell))
        .boxed()
        .min(Comparator.<Integer>comparingLong(cell -> counts[cell]).thenComparing(cell -> cell));
  }

  /** The suppressed cells that a cell is tied to by relations. */
  private BitSet component(int cell) {
    BitSet found = new BitSet();
    Deque<Integer> open = new ArrayDeque<>(List.of(cell));
    while (!open.isEmpty()) {
      int next = open.removeFirst();
      if (!found.get(next)) {
        found.set(next);
        relations.stream()
            .filter(relation -> has(relation, next))
            .flatMapToInt(Relation::cells)
            .filter(suppressed::get)
            .forEach(open::add);
      }
    }
    return found;
  }

  /**
   * Whether the least and the largest value that a cell may have for all that is shown protect it.
   */
  private boolean isOpen(int cell) {
    BitSet unknown = component(cell);
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    Variable[] variables = new Variable[counts.length];
    unknown.stream().forEach(c -> variables[c] = model.newVariable("c" + c).lower(0));
    for (Relation relation : relations) {
      if (relation.cells().anyMatch(unknown::get)) {
        long shown = 0;
        var sum = model.newExpression("r" + relation.total());
        for (int part : relation.parts()) {
          if (unknown.get(part)) {
            sum.set(variables[part], 1);
          } else {
            shown += counts[part];
          }
        }
        if (unknown.get(relation.total())) {
          sum.set(variables[relation.total()], -1);
          sum.level(-shown);
        } else {
          sum.level(counts[relation.total()] - shown);
        }
      }
    }
    variables[cell].weight(1);
    return isProtected.by(cell, bound(model, false), bound(model, true));
  }

  private static double bound(ExpressionsBasedModel model, boolean upper) {
    Optimisation.Result result = upper ? model.maximise() : model.minimise();
    if (result.getState() == Optimisation.State.UNBOUNDED) {
      return Double.POSITIVE_INFINITY;
    }
    if (!result.getState().isOptimal()) {
      throw new IllegalStateException("bounds of a cell: " + result.getState());
    }
    return result.getValue();
  }
}
