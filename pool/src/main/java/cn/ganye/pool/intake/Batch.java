package cn.ganye.pool.intake;

import cn.ganye.engine.Hashes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of one block, standardised: accepted rows column by column, refused ones with their
 * text. Record numbers are relative to the block.
 */
final class Batch {
  /** One refused record. */
  record Refused(int record, List<Problem> problems, byte[] text, long length, String sha256) {
    /** A record refused with its text, of which the first 64 KiB are kept. */
    static Refused of(int record, List<Problem> problems, byte[] bytes, int from, int to) {
      int length = to - from;
      String hash = "";
      if (length > Blocks.KEPT) {
        MessageDigest digest = Hashes.sha256();
        digest.update(bytes, from, length);
        hash = Hashes.hex(digest);
      }
      byte[] text = Arrays.copyOfRange(bytes, from, from + Math.min(length, Blocks.KEPT));
      return new Refused(record, problems, text, length, hash);
    }
  }

  /** What is wrong in which column; the column is empty if it is the whole record. */
  record Problem(String column, RefusalReason reason) {}

  final long[][] values;
  long[] recordNumbers;
  int rows;
  int records;
  int warnings;
  final List<Refused> refused = new ArrayList<>();

  /** Bytes of unit numbers and credit codes; a value is offset × 2^16 + length. */
  byte[] arena = new byte[1 << 12];

  int arenaEnd;

  /** Rows of vault text, each a run of (length, bytes) per column. */
  byte[] vault;

  int[] vaultEnds;
  int vaultEnd;

  /** Makes room for so many rows at first; there may be more. */
  Batch(int columns, boolean vaulted, int room) {
    values = new long[columns][room];
    recordNumbers = new long[room];
    vaultEnds = new int[vaulted ? room : 0];
    vault = new byte[vaulted ? room * 16 : 0];
  }

  void add(long[] row, int record) {
    if (rows == recordNumbers.length) {
      int size = rows * 2;
      recordNumbers = Arrays.copyOf(recordNumbers, size);
      for (int i = 0; i < values.length; i++) {
        values[i] = Arrays.copyOf(values[i], size);
      }
      if (vaultEnds.length > 0) {
        vaultEnds = Arrays.copyOf(vaultEnds, size);
      }
    }
    recordNumbers[rows] = record;
    for (int i = 0; i < row.length; i++) {
      values[i][rows] = row[i];
    }
    if (vaultEnds.length > 0) {
      vaultEnds[rows] = vaultEnd;
    }
    rows++;
  }

  long keep(byte[] bytes, int from, int to) {
    int length = to - from;
    if (arenaEnd + length > arena.length) {
      arena = Arrays.copyOf(arena, Math.max(arena.length * 2, arenaEnd + length));
    }
    System.arraycopy(bytes, from, arena, arenaEnd, length);
    long reference = ((long) arenaEnd << 16) | length;
    arenaEnd += length;
    return reference;
  }

  void vaultText(byte[] bytes, int from, int to) {
    int length = Math.min(to - from, 0xFFFF);
    if (vaultEnd + length + 2 > vault.length) {
      vault = Arrays.copyOf(vault, Math.max(vault.length * 2, vaultEnd + length + 2));
    }
    vault[vaultEnd] = (byte) (length >> 8);
    vault[vaultEnd + 1] = (byte) length;
    System.arraycopy(bytes, from, vault, vaultEnd + 2, length);
    vaultEnd += length + 2;
  }
}
