package cn.ganye.statistics.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.statistics.disclosure.Suppression.Relation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Sums that few make up, and what an attacker with linear programs may learn of them. */
class DominanceTest {
  private static final Dominance RULE = new Dominance(1, 75, 3);

  /** By hand: 80 of 100 is more than 75 per cent; with 7 more, 80 of 107, it is not. */
  @Test
  void the_largest_dominates_or_it_does_not() {
    assertThat(RULE.protection(new long[] {80, 15, 5})).isEqualTo(7);
    assertThat(RULE.protection(new long[] {75, 15, 10})).isZero();
    assertThat(RULE.protection(new long[] {50, 50})).as("too few").isEqualTo(100);
    assertThat(RULE.isSensitive(new long[] {0, 0})).isFalse();
    assertThat(new Dominance(2, 85, 3).isSensitive(new long[] {46, 40, 14})).isTrue();
  }

  @Test
  void a_sensitive_sum_goes_with_one_that_covers_it() {
    List<Relation> relations = List.of(new Relation(0, List.of(1, 2, 3)));
    BitSet gaps =
        Suppression.ofSums(new long[] {360, 100, 60, 200}, relations, new long[] {0, 7, 0, 0});
    assertThat(gaps.stream()).containsExactly(1, 2);
    BitSet wide =
        Suppression.ofSums(new long[] {305, 100, 5, 200}, relations, new long[] {0, 7, 0, 0});
    assertThat(wide.stream()).as("5 alone leaves only 95 to 105").containsExactly(1, 2, 3);
  }

  /** A table of two rows and three columns with margins: every sensitive cell stays open. */
  @Property(tries = 150)
  void no_sensitive_sum_is_narrowed_down_to_its_protection(
      @ForAll @Size(6) List<@LongRange(min = 1, max = 60) Long> cells,
      @ForAll @Size(6) List<@LongRange(min = 0, max = 8) Long> needs) {
    long[] values = new long[12];
    long[] protection = new long[12];
    for (int i = 0; i < 6; i++) {
      values[i] = cells.get(i);
      protection[i] = needs.get(i) > 5 ? needs.get(i) : 0;
    }
    List<Relation> relations = new ArrayList<>();
    for (int row = 0; row < 2; row++) {
      relations.add(sum(values, 6 + row, List.of(3 * row, 3 * row + 1, 3 * row + 2)));
    }
    for (int column = 0; column < 3; column++) {
      relations.add(sum(values, 8 + column, List.of(column, column + 3)));
    }
    relations.add(sum(values, 11, List.of(6, 7)));
    BitSet gaps = Suppression.ofSums(values, relations, protection);
    for (int cell = 0; cell < 6; cell++) {
      if (protection[cell] > 0) {
        assertThat(gaps.get(cell)).isTrue();
        assertThat(Attack.most(values, gaps, cell))
            .isGreaterThanOrEqualTo(values[cell] + protection[cell]);
        assertThat(Attack.least(values, gaps, cell))
            .isLessThanOrEqualTo(Math.max(0, values[cell] - protection[cell]));
      }
    }
  }

  private static Relation sum(long[] values, int total, List<Integer> parts) {
    values[total] = parts.stream().mapToLong(part -> values[part]).sum();
    return new Relation(total, parts);
  }

  /**
   * Somebody who knows what is shown and moves along the table's rectangles and margins, by
   * searching whole tables: another way than the linear programs of the method.
   */
  private static final class Attack {
    static long most(long[] values, BitSet gaps, int cell) {
      return extreme(values, gaps, cell, 1);
    }

    static long least(long[] values, BitSet gaps, int cell) {
      return extreme(values, gaps, cell, -1);
    }

    /**
     * As long as there is a move of ones through the cell that leaves what is shown alone and
     * nothing negative, it is made: such a table is a network, in which that reaches the extreme.
     */
    private static long extreme(long[] values, BitSet gaps, int cell, int sign) {
      long[] now = values.clone();
      boolean moved = true;
      while (moved && now[cell] < 1_000_000) {
        moved = false;
        for (int mask = 0; mask < 729 && !moved; mask++) {
          int[] move = move(mask);
          long steps = move[cell] == sign ? 1_000_000 : 0;
          for (int i = 0; i < 12; i++) {
            steps =
                move[i] != 0 && !gaps.get(i)
                    ? 0
                    : move[i] < 0 ? Math.min(steps, now[i] / -move[i]) : steps;
          }
          for (int i = 0; i < 12 && steps > 0; i++) {
            now[i] += steps * move[i];
          }
          moved = steps > 0;
        }
      }
      return now[cell];
    }

    private static int[] move(int mask) {
      int[] move = new int[12];
      for (int i = 0, rest = mask; i < 6; i++, rest /= 3) {
        move[i] = rest % 3 - 1;
      }
      for (int row = 0; row < 2; row++) {
        move[6 + row] = move[3 * row] + move[3 * row + 1] + move[3 * row + 2];
      }
      for (int column = 0; column < 3; column++) {
        move[8 + column] = move[column] + move[column + 3];
      }
      move[11] = move[6] + move[7];
      return move;
    }
  }
}
