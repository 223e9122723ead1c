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
    VectorMemory.integers(writer.vector(column), values, from, rows, absent);
  }

  /** Fills a BIGINT column likewise. */
  public void longs(int column, long[] values, int from, int rows, long absent) {
    VectorMemory.longs(writer.vector(column), values, from, rows, absent);
  }
}
