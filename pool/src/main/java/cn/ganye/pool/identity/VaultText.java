package cn.ganye.pool.identity;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The text of one accepted record that only the vault may hold: its free-text columns, in the order
 * of the contract.
 *
 * @param record number of the record in its file, from 1
 * @param cells a run of (two bytes of length, UTF-8) for each column
 */
public record VaultText(int load, int record, byte[] cells) {
  /** Hears of each record's text. */
  @FunctionalInterface
  public interface Each {
    /** The text of one record. */
    void text(VaultText text) throws IOException;
  }

  /** Seals the text of one record, which lies in {@code bytes[from…to)}. */
  public static void write(
      SealedFile.Writer writer, int load, int record, byte[] bytes, int from, int to)
      throws IOException {
    OutputStream entry = writer.entry();
    entry.write(
        ByteBuffer.allocate(3 * Integer.BYTES)
            .putInt(load)
            .putInt(record)
            .putInt(to - from)
            .array());
    entry.write(bytes, from, to - from);
    writer.entryDone();
  }

  /** Reads a sealed file in its order. */
  public static void read(Vault vault, Path file, Each each) throws IOException {
    SealedFile.read(
        vault,
        file,
        (entries, length) -> {
          while (entries.available() > 0) {
            int load = entries.readInt();
            int record = entries.readInt();
            each.text(new VaultText(load, record, entries.readNBytes(entries.readInt())));
          }
        });
  }

  /** The text of a column, by its place among the contract's free-text columns. */
  public String cell(int column) {
    int at = 0;
    for (int i = 0; i < column; i++) {
      at += 2 + length(at);
    }
    return new String(cells, at + 2, length(at), StandardCharsets.UTF_8);
  }

  private int length(int at) {
    return (cells[at] & 0xFF) << 8 | cells[at + 1] & 0xFF;
  }
}
