package cn.ganye.pool.identity;

import java.util.Arrays;

/**
 * The dense key of each resident ID: 1, 2, 3 … in the order in which they were first seen. An
 * open-addressing table in memory, 16 bytes a person at most half full; the IDs themselves go to
 * the vault.
 */
public final class PersonKeys {
  private static final long FREE = -1;

  private long[] ids;
  private int[] keys;
  private long[] inOrder = new long[1 << 10];
  private int count;

  /** An empty table. */
  public PersonKeys() {
    ids = new long[1 << 12];
    keys = new int[1 << 12];
    Arrays.fill(ids, FREE);
  }

  /** The key of a packed ID, given now if it is new. */
  public int key(long packed) {
    int mask = ids.length - 1;
    int slot = (int) (spread(packed) & mask);
    while (ids[slot] != FREE) {
      if (ids[slot] == packed) {
        return keys[slot];
      }
      slot = (slot + 1) & mask;
    }
    if ((count + 1) * 2L > ids.length) {
      grow();
      return key(packed);
    }
    if (count == inOrder.length) {
      inOrder = Arrays.copyOf(inOrder, count * 2);
    }
    inOrder[count++] = packed;
    ids[slot] = packed;
    keys[slot] = count;
    return count;
  }

  /** How many keys are given. */
  public int count() {
    return count;
  }

  /** The packed ID of a key. */
  public long id(int key) {
    return inOrder[key - 1];
  }

  private void grow() {
    ids = new long[ids.length * 2];
    keys = new int[ids.length];
    Arrays.fill(ids, FREE);
    int mask = ids.length - 1;
    for (int i = 0; i < count; i++) {
      int slot = (int) (spread(inOrder[i]) & mask);
      while (ids[slot] != FREE) {
        slot = (slot + 1) & mask;
      }
      ids[slot] = inOrder[i];
      keys[slot] = i + 1;
    }
  }

  private static long spread(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }
}
