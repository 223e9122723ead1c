package cn.ganye.pool.intake;

import java.util.Arrays;

/**
 * Splits UTF-8 bytes into records and cells. A quote counts only where a cell begins; one that is
 * still open after 64 KiB, or at the end of the file, is taken as a plain character and the record
 * ends with its line: one missing quote must not swallow a file.
 */
final class Tokenizer {
  /** Returned when the record is not complete in the bytes at hand. */
  static final int INCOMPLETE = -1;

  /** Some byte is not ASCII. */
  static final int MULTI_BYTE = 2;

  /** Some byte is a control character, or begins a wide, full-width or invisible character. */
  static final int UNUSUAL = 4;

  /** Some byte is a lower-case letter. */
  static final int LOWER_CASE = 8;

  /** Some byte is a quote. */
  static final int QUOTE = 16;

  /** Some byte is a blank. */
  static final int BLANK = 32;

  /** Some byte is one of the marks that spreadsheets put before numbers. */
  static final int NUMBER_MARK = 64;

  private static final int STOP = 1;
  private static final int LONGEST_QUOTED = 64 << 10;

  private final byte delimiter;
  private final byte[] kinds = new byte[256];
  private int cells;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private boolean[] quoted = new boolean[64];
  private int[] traits = new int[64];
  private boolean broken;
  private int contentEnd;

  Tokenizer(byte delimiter) {
    this.delimiter = delimiter;
    for (int b = 0; b < 256; b++) {
      kinds[b] = (byte) (b < 32 ? UNUSUAL : b >= 128 ? MULTI_BYTE : 0);
    }
    for (int lead : new int[] {0xC2, 0xE3, 0xEF}) {
      kinds[lead] |= UNUSUAL;
    }
    for (int letter = 'a'; letter <= 'z'; letter++) {
      kinds[letter] = LOWER_CASE;
    }
    kinds['"'] = QUOTE;
    kinds[' '] = BLANK;
    kinds['\''] = NUMBER_MARK;
    kinds['`'] = NUMBER_MARK;
    for (int stop : new int[] {delimiter, '\n', '\r'}) {
      kinds[stop] = STOP;
    }
  }

  /** Cells of the last record. */
  int cells() {
    return cells;
  }

  /** First byte of a cell, inside its quotes. */
  int start(int cell) {
    return starts[cell];
  }

  /** One past the last byte of a cell, inside its quotes. */
  int end(int cell) {
    return ends[cell];
  }

  /** Whether the cell was quoted, so that doubled quotes stand for one. */
  boolean quoted(int cell) {
    return quoted[cell];
  }

  /** What bytes a cell holds: {@link #MULTI_BYTE} and others, added up. */
  int traits(int cell) {
    return traits[cell];
  }

  /** Whether a quote in the last record was never closed. */
  boolean broken() {
    return broken;
  }

  /** One past the last byte of the last record, without its line end. */
  int contentEnd() {
    return contentEnd;
  }

  /**
   * Reads the record that starts at {@code from}.
   *
   * @param last whether nothing comes after {@code limit}
   * @return where the next record starts, or {@link #INCOMPLETE}
   */
  int next(byte[] bytes, int from, int limit, boolean last) {
    broken = false;
    int end = scan(bytes, from, limit, last, true);
    if (end == UNCLOSED) {
      broken = true;
      end = scan(bytes, from, limit, last, false);
    }
    return end;
  }

  private static final int UNCLOSED = -2;

  private int scan(byte[] bytes, int from, int limit, boolean last, boolean quotes) {
    cells = 0;
    int at = from;
    while (true) {
      if (quotes && at < limit && bytes[at] == '"') {
        int close = closing(bytes, at + 1, limit, last);
        if (close < 0) {
          return close;
        }
        int kinds = 0;
        for (int i = at + 1; i < close; i++) {
          kinds |= this.kinds[bytes[i] & 0xFF];
        }
        add(at + 1, close, true, kinds);
        at = close + 1;
        while (at < limit && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
          at++;
        }
      } else {
        int start = at;
        int kinds = 0;
        while (at < limit) {
          int kind = this.kinds[bytes[at] & 0xFF];
          if (kind == STOP) {
            break;
          }
          kinds |= kind;
          at++;
        }
        add(start, at, false, kinds);
      }
      if (at >= limit) {
        contentEnd = limit;
        return last ? limit : INCOMPLETE;
      }
      if (bytes[at] == delimiter) {
        at++;
        continue;
      }
      contentEnd = at;
      if (bytes[at] == '\r') {
        if (at + 1 >= limit) {
          return last ? limit : INCOMPLETE;
        }
        return bytes[at + 1] == '\n' ? at + 2 : at + 1;
      }
      return at + 1;
    }
  }

  /** Where the quote closes; {@link #INCOMPLETE} or {@link #UNCLOSED} if it does not. */
  private int closing(byte[] bytes, int from, int limit, boolean last) {
    int most = Math.min(limit, from + LONGEST_QUOTED);
    for (int at = from; at < most; at++) {
      if (bytes[at] != '"') {
        continue;
      }
      if (at + 1 >= limit) {
        return last ? at : INCOMPLETE;
      }
      if (bytes[at + 1] != '"') {
        return at;
      }
      at++;
    }
    return last || most < limit || limit - from >= LONGEST_QUOTED ? UNCLOSED : INCOMPLETE;
  }

  private void add(int start, int end, boolean inQuotes, int kinds) {
    if (cells == starts.length) {
      starts = Arrays.copyOf(starts, cells * 2);
      ends = Arrays.copyOf(ends, cells * 2);
      quoted = Arrays.copyOf(quoted, cells * 2);
      traits = Arrays.copyOf(traits, cells * 2);
    }
    starts[cells] = start;
    ends[cells] = end;
    quoted[cells] = inQuotes;
    traits[cells] = kinds;
    cells++;
  }
}
