package cn.ganye.server.marts;

import java.util.List;
import java.util.function.Function;

/** Statements over the marts that a reading may see, one after the other on one connection. */
@FunctionalInterface
public interface Rows {
  /**
   * Reads all rows of a statement.
   *
   * @param parameters for the question marks in it
   */
  <T> List<T> read(String sql, Function<Row, T> reader, Object... parameters);
}
