package cn.ganye.statistics.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.statistics.disclosure.Suppression.Relation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** An attacker who tries every table that fits what is shown learns no small count. */
class SuppressionTest {
  private static final long FEWEST = 5;

  @Test
  void a_gap_alone_gets_a_second_one() {
    BitSet gaps = Suppression.of(new long[] {60, 3, 7, 50}, one(0, 1, 2, 3), FEWEST);
    assertThat(gaps.stream()).containsExactly(1, 2);
  }

  /** 1 and 2 leave 0 to 3 for each other: too narrow, so that 40 goes too. */
  @Test
  void two_gaps_that_are_both_small_get_a_third() {
    BitSet gaps = Suppression.of(new long[] {103, 1, 2, 40, 60}, one(0, 1, 2, 3, 4), FEWEST);
    assertThat(gaps.stream()).containsExactly(1, 2, 3);
  }

  @Test
  void where_all_else_is_zero_the_total_goes() {
    BitSet gaps =
        Suppression.of(
            new long[] {40, 3, 37, 3, 0, 0, 37},
            List.of(
                new Relation(0, List.of(1, 2)),
                new Relation(1, List.of(3, 4, 5)),
                new Relation(2, List.of(6))),
            FEWEST);
    assertThat(gaps.stream()).contains(1, 3, 2, 6);
  }

  @Test
  void nothing_small_nothing_suppressed() {
    assertThat(Suppression.of(new long[] {12, 0, 12}, one(0, 1, 2), FEWEST).isEmpty()).isTrue();
  }

  @Test
  void what_is_no_table_of_counts_is_refused() {
    assertThatThrownBy(() -> Suppression.of(new long[] {1, -1}, one(0, 1), FEWEST))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Suppression.of(new long[] {3, 1, 1}, one(0, 1, 2), FEWEST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add up");
  }

  /** Three by three with margins: 16 cells, all tables that fit are tried. */
  @Property(tries = 150)
  void no_small_count_of_a_two_way_table_can_be_worked_out(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] counts = new long[16];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        counts[row * 4 + column] =
            random.nextInt(6) == 0 ? random.nextInt(5) : random.nextInt(5, 12);
      }
    }
    List<Relation> relations = new ArrayList<>();
    for (int row = 0; row < 3; row++) {
      relations.add(relation(counts, row * 4 + 3, row * 4, row * 4 + 1, row * 4 + 2));
    }
    for (int column = 0; column < 4; column++) {
      relations.add(relation(counts, 12 + column, column, column + 4, column + 8));
    }
    learnsNothing(counts, relations);
  }

  /** Two cities of three counties. */
  @Property(tries = 60)
  void no_small_count_of_nested_regions_can_be_worked_out(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] counts = new long[9];
    for (int county = 3; county < 9; county++) {
      counts[county] = random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(5, 12);
    }
    List<Relation> relations =
        List.of(
            relation(counts, 1, 3, 4, 5), relation(counts, 2, 6, 7, 8), relation(counts, 0, 1, 2));
    learnsNothing(counts, relations);
  }

  private static void learnsNothing(long[] counts, List<Relation> relations) {
    BitSet gaps = Suppression.of(counts, relations, FEWEST);
    long[] low = counts.clone();
    long[] high = counts.clone();
    long[] tried = counts.clone();
    int[] open = gaps.stream().toArray();
    Assume.that(open.length <= MOST_OPEN);
    for (int cell : open) {
      tried[cell] = -1;
    }
    everyTable(tried, relations, open, 0, low, high);
    for (int cell = 0; cell < counts.length; cell++) {
      if (counts[cell] > 0 && counts[cell] < FEWEST) {
        assertThat(gaps.get(cell)).isTrue();
        assertThat(high[cell] - low[cell]).isGreaterThanOrEqualTo(FEWEST);
      }
    }
  }

  /** Tries all values of the open cells; what a relation with one cell left says is taken. */
  private static void everyTable(
      long[] tried, List<Relation> relations, int[] open, int at, long[] low, long[] high) {
    int next = at;
    while (next < open.length && tried[open[next]] >= 0) {
      next++;
    }
    if (next == open.length) {
      if (relations.stream().allMatch(r -> sum(tried, r) == tried[r.total()])) {
        for (int cell : open) {
          low[cell] = Math.min(low[cell], tried[cell]);
          high[cell] = Math.max(high[cell], tried[cell]);
        }
      }
      return;
    }
    int cell = open[next];
    long most = most(tried, relations, cell);
    for (long value = 0; value <= most; value++) {
      tried[cell] = value;
      if (relations.stream().allMatch(r -> canHold(tried, r))) {
        everyTable(tried, relations, open, next + 1, low, high);
      }
    }
    tried[cell] = -1;
  }

  private static final long LARGEST = 40;

  /** With more open cells there are too many tables to try. */
  private static final int MOST_OPEN = 7;

  /** The largest value that leaves nothing below zero in the relations of a cell. */
  private static long most(long[] tried, List<Relation> relations, int cell) {
    long most = LARGEST;
    for (Relation relation : relations) {
      if (relation.parts().contains(cell) && tried[relation.total()] >= 0) {
        most = Math.min(most, tried[relation.total()] - sum(tried, relation));
      }
    }
    return most;
  }

  private static boolean canHold(long[] tried, Relation relation) {
    long total = tried[relation.total()];
    boolean open = relation.parts().stream().anyMatch(p -> tried[p] < 0);
    return total < 0 || (open ? sum(tried, relation) <= total : sum(tried, relation) == total);
  }

  private static long sum(long[] tried, Relation relation) {
    return relation.parts().stream().mapToLong(p -> Math.max(0, tried[p])).sum();
  }

  private static List<Relation> one(int total, Integer... parts) {
    return List.of(new Relation(total, List.of(parts)));
  }

  private static Relation relation(long[] counts, int total, Integer... parts) {
    Relation relation = new Relation(total, List.of(parts));
    counts[total] = sum(counts, relation);
    return relation;
  }
}
