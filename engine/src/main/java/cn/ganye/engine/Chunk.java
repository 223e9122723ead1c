package cn.ganye.engine;

import org.duckdb.DuckDBDataChunkWriter;

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
}
