package cn.ganye.synth;

/**
 * Which people of a city live together: runs of one to six, 2.94 in the mean as in the census of
 * 2020 (家庭户规模, province; published for no city).
 */
final class Households {
  private static final int[] SIZES = {3, 2, 4, 3, 1, 5, 2, 3, 4, 2, 3, 1, 3, 4, 2, 6, 2};
  private static final int CYCLE = 50;
  private static final int[] HOUSEHOLD = new int[CYCLE];
  private static final int[] MEMBER = new int[CYCLE];

  static {
    int at = 0;
    for (int household = 0; household < SIZES.length; household++) {
      for (int member = 0; member < SIZES[household]; member++) {
        HOUSEHOLD[at] = household;
        MEMBER[at++] = member;
      }
    }
  }

  private Households() {}

  /** The number of a person's household within the city. */
  static int of(int index) {
    return index / CYCLE * SIZES.length + HOUSEHOLD[index % CYCLE];
  }

  /** A person's place in the household: 0 is the head, 1 a spouse or parent, the others follow. */
  static int member(int index) {
    return MEMBER[index % CYCLE];
  }

  /** The share of people who have a place in their household: heads, seconds, all others. */
  static double share(int member) {
    int count = 0;
    for (int other : MEMBER) {
      count += Math.min(other, 2) == Math.min(member, 2) ? 1 : 0;
    }
    return (double) count / CYCLE;
  }
}
