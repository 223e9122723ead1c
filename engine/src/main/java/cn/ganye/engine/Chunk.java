package cn.ganye.engine;

import org.duckdb.DuckDBDataChunkWriter;
import org.jspecify.annotations.Nullable;

/** A chunk of rows being filled, column by column. */
public final class Chunk {
  private final DuckDBDataChunkWriter writer;

  Chunk(DuckDBDataChunkWriter writer) {
    this.writer = writer;
  }

  /** Rows that fit. */
  public int capacity() {
    return (int) writer.capacity();
  }

  /** Fills an INTEGER column with values[from…from+rows), NULL where a value is {@code absent}. */
  public void integers(int column, long[] values, int from, int rows, long absent) {
    var vector = writer.vector(column);
    for (int row = 0; row < rows; row++) {
      long value = values[from + row];
      if (value == absent) {
        vector.setNull(row);
      } else {
        vector.setInt(row, (int) value);
      }
    }
  }

  /** Fills a BIGINT column likewise. */
  public void longs(int column, long[] values, int from, int rows, long absent) {
    var vector = writer.vector(column);
    for (int row = 0; row < rows; row++) {
      long value = values[from + row];
      if (value == absent) {
        vector.setNull(row);
      } else {
        vector.setLong(row, value);
      }
    }
  }

  /**
   * Fills a TEXT column with the words of a list that the values number, NULL where a value is
   * {@code absent}.
   */
  public void words(int column, byte[][] words, long[] values, int from, int rows, long absent) {
    var vector = writer.vector(column);
    byte[] @Nullable [] texts = new byte[rows][];
    for (int row = 0; row < rows; row++) {
      long value = values[from + row];
      texts[row] = value == absent ? EMPTY : words[(int) value];
    }
    vector.setStringUtf8Batch(0, texts);
    for (int row = 0; row < rows; row++) {
      if (values[from + row] == absent) {
        vector.setNull(row);
      }
    }
  }

  private static final byte[] EMPTY = new byte[0];
}
