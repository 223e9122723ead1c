package cn.ganye.pool.identity;

import java.util.Arrays;

/**
 * The dense key of each number that an enterprise goes by — its credit code, or the agency's own
 * number of an insured unit — in the order in which they were first seen. The crosswalk of insured
 * units says which of them are one enterprise.
 */
public final class EnterpriseKeys {
  private int[] slots = new int[1 << 12];
  private long[] hashes = new long[1 << 10];
  private int[] starts = new int[(1 << 10) + 1];
  private byte[] texts = new byte[1 << 14];
  private int count;

  /** The key of a number, given now if it is new. */
  public int key(byte[] bytes, int from, int length) {
    long hash = hash(bytes, from, length);
    int mask = slots.length - 1;
    int slot = (int) (hash & mask);
    while (slots[slot] != 0) {
      int key = slots[slot];
      if (hashes[key - 1] == hash
          && Arrays.equals(texts, starts[key - 1], starts[key], bytes, from, from + length)) {
        return key;
      }
      slot = (slot + 1) & mask;
    }
    if ((count + 1) * 2L > slots.length) {
      grow();
      return key(bytes, from, length);
    }
    append(bytes, from, length, hash);
    slots[slot] = count;
    return count;
  }

  /** How many keys are given. */
  public int count() {
    return count;
  }

  /** The number of a key, as bytes. */
  public byte[] number(int key) {
    return Arrays.copyOfRange(texts, starts[key - 1], starts[key]);
  }

  private void append(byte[] bytes, int from, int length, long hash) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, count * 2);
      starts = Arrays.copyOf(starts, count * 2 + 1);
    }
    int start = starts[count];
    if (start + length > texts.length) {
      texts = Arrays.copyOf(texts, Math.max(texts.length * 2, start + length));
    }
    System.arraycopy(bytes, from, texts, start, length);
    hashes[count] = hash;
    count++;
    starts[count] = start + length;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int key = 1; key <= count; key++) {
      int slot = (int) (hashes[key - 1] & mask);
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = key;
    }
  }

  private static long hash(byte[] bytes, int from, int length) {
    long hash = 0xCBF29CE484222325L;
    for (int i = from; i < from + length; i++) {
      hash = (hash ^ (bytes[i] & 0xFF)) * 0x100000001B3L;
    }
    return hash ^ (hash >>> 29);
  }
}
