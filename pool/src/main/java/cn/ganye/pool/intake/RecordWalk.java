package cn.ganye.pool.intake;

import java.util.BitSet;

/** Walks over the records of a block. Blank lines and the header count as none. */
final class RecordWalk {
  /**
   * Where a block has its header, among the lines that are not blank.
   *
   * @param last place of its last line, −1 if the block has none
   * @param lines of how many it is made
   */
  record Header(int last, int lines) {
    static final Header NONE = new Header(-1, 0);

    boolean has(int line) {
      return line <= last && line > last - lines;
    }
  }

  /** Returned where only the tokenizer can tell where a record ends. */
  private static final int UNSURE = -1;

  /** Hears of each record; the tokenizer stands on it. */
  @FunctionalInterface
  interface Each {
    /** A record that begins at {@code from}; titles stand before the header. */
    void record(byte[] bytes, int from, boolean title);
  }

  /** Hears of a record that was looked for; the tokenizer stands on it. */
  @FunctionalInterface
  interface Found {
    /** The record of a number begins at {@code from}. */
    void record(byte[] bytes, int from, int number);
  }

  private RecordWalk() {}

  /**
   * Walks over a block that holds whole records.
   *
   * @param header of the block
   */
  static void over(Block block, Tokenizer tokenizer, Header header, Each each) {
    byte[] bytes = block.bytes();
    int at = 0;
    int seen = 0;
    while (at < block.length()) {
      int next = tokenizer.next(bytes, at, block.length(), true);
      if (!blank(bytes, tokenizer)) {
        if (!header.has(seen)) {
          each.record(bytes, at, seen < header.last());
        }
        seen++;
      }
      at = next;
    }
  }

  /**
   * Finds records by their numbers.
   *
   * @param before number of the record before the block's first
   * @param wanted numbers of the records to hear of
   * @return number of the block's last record
   */
  static int find(
      Block block, Tokenizer tokenizer, Header header, int before, BitSet wanted, Found found) {
    byte[] bytes = block.bytes();
    int number = before;
    int at = 0;
    int seen = 0;
    while (at < block.length()) {
      boolean plain = seen > header.last() && !wanted.get(number + 1);
      int next = plain ? line(bytes, at, block.length()) : UNSURE;
      boolean record = next != UNSURE;
      if (!record) {
        next = tokenizer.next(bytes, at, block.length(), true);
        record = !blank(bytes, tokenizer);
      }
      if (record && !header.has(seen++)) {
        number++;
        if (wanted.get(number)) {
          found.record(bytes, at, number);
        }
      }
      at = next;
    }
    return number;
  }

  /** Where the record after a line that is surely one record begins; else {@link #UNSURE}. */
  private static int line(byte[] bytes, int from, int limit) {
    byte first = bytes[from];
    if (first >= 0 && !Character.isLetterOrDigit(first)) {
      return UNSURE;
    }
    for (int at = from; at < limit; at++) {
      byte b = bytes[at];
      if (b == '\n') {
        return at + 1;
      }
      if (b == '"' || (b == '\r' && (at + 1 == limit || bytes[at + 1] != '\n'))) {
        return UNSURE;
      }
    }
    return limit;
  }

  /** Whether every cell is empty. */
  static boolean blank(byte[] bytes, Tokenizer tokenizer) {
    for (int i = 0; i < tokenizer.cells(); i++) {
      for (int b = tokenizer.start(i); b < tokenizer.end(i); b++) {
        if (bytes[b] != ' ' && bytes[b] != '\t') {
          return false;
        }
      }
    }
    return true;
  }
}
