package cn.ganye.server.marts;

import java.util.List;
import java.util.function.Function;

/** Statements over what the marts hold of one person. */
@FunctionalInterface
public interface PersonRows {
  /** Reads all rows of a statement that begins with SELECT. */
  <T> List<T> read(String sql, Function<Row, T> reader);
}
