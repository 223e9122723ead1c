package cn.ganye.pool.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Looks words up by their UTF-8 bytes, without making a String of each. */
final class WordTable {
  private final byte[][] words;
  private final int[] values;
  private final int mask;

  WordTable(Map<String, Integer> entries) {
    int size = Integer.highestOneBit(Math.max(8, entries.size() * 4) - 1) << 1;
    words = new byte[size][];
    values = new int[size];
    mask = size - 1;
    entries.forEach(
        (word, value) -> {
          byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
          int slot = hash(bytes, 0, bytes.length) & mask;
          while (words[slot] != null) {
            slot = (slot + 1) & mask;
          }
          words[slot] = bytes;
          values[slot] = value;
        });
  }

  /** The value of a word, −1 if it is not there. */
  int find(byte[] bytes, int from, int to) {
    int slot = hash(bytes, from, to) & mask;
    while (true) {
      byte[] word = words[slot];
      if (word == null) {
        return -1;
      }
      if (Arrays.equals(word, 0, word.length, bytes, from, to)) {
        return values[slot];
      }
      slot = (slot + 1) & mask;
    }
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0x811C9DC5;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x01000193;
    }
    return hash ^ (hash >>> 15);
  }
}
