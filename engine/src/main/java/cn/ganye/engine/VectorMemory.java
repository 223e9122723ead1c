package cn.ganye.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * Fills vectors of whole numbers column by column. DuckDB's own setters take two locks for each
 * value, which is a tenth of what intake costs; the memory that they write to is known to this
 * class for the version that the project is built with. With any other it fills value by value.
 */
final class VectorMemory {
  private static final @Nullable VarHandle DATA = field("data");
  private static final @Nullable VarHandle VALIDITY = field("validity");

  private VectorMemory() {}

  private static @Nullable VarHandle field(String name) {
    try {
      return MethodHandles.privateLookupIn(DuckDBWritableVector.class, MethodHandles.lookup())
          .findVarHandle(DuckDBWritableVector.class, name, ByteBuffer.class);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Whether the memory of vectors is known. */
  static boolean known() {
    return DATA != null && VALIDITY != null;
  }

  /** INTEGER from values[from…from+rows), NULL where a value is {@code absent}. */
  static void integers(
      DuckDBWritableVector vector, long[] values, int from, int rows, long absent) {
    if (DATA == null || VALIDITY == null) {
      oneByOne(vector, (row, value) -> vector.setInt(row, (int) value), values, from, rows, absent);
      return;
    }
    ByteBuffer data = memory(DATA, vector);
    for (int row = 0; row < rows; row++) {
      data.putInt(row * Integer.BYTES, (int) values[from + row]);
    }
    validity(memory(VALIDITY, vector), values, from, rows, absent);
  }

  /** BIGINT likewise. */
  static void longs(DuckDBWritableVector vector, long[] values, int from, int rows, long absent) {
    if (DATA == null || VALIDITY == null) {
      oneByOne(vector, (row, value) -> vector.setLong(row, value), values, from, rows, absent);
      return;
    }
    memory(DATA, vector).asLongBuffer().put(0, values, from, rows);
    validity(memory(VALIDITY, vector), values, from, rows, absent);
  }

  /** One of the vector's own setters. */
  @FunctionalInterface
  private interface Setter {
    void set(long row, long value);
  }

  private static void oneByOne(
      DuckDBWritableVector vector, Setter setter, long[] values, int from, int rows, long absent) {
    for (int row = 0; row < rows; row++) {
      long value = values[from + row];
      if (value == absent) {
        vector.setNull(row);
      } else {
        setter.set(row, value);
      }
    }
  }

  private static ByteBuffer memory(VarHandle field, DuckDBWritableVector vector) {
    return ((ByteBuffer) field.get(vector)).duplicate().order(ByteOrder.nativeOrder());
  }

  /** One bit a row, 64 rows a word, 1 where there is a value. */
  private static void validity(ByteBuffer mask, long[] values, int from, int rows, long absent) {
    for (int word = 0; word < rows; word += Long.SIZE) {
      long bits = -1L;
      int last = Math.min(rows, word + Long.SIZE);
      for (int row = word; row < last; row++) {
        if (values[from + row] == absent) {
          bits &= ~(1L << (row - word));
        }
      }
      mask.putLong(word / Byte.SIZE, bits);
    }
  }
}
