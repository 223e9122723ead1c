package cn.ganye.engine;

import java.util.List;

/** Rows made in Java, handed to the engine a chunk at a time, in their order. */
public interface RowSource {
  /** The kinds of column that a source can fill. */
  enum Kind {
    INTEGER,
    BIGINT,
    TEXT
  }

  /** One column of a source. */
  record Column(String name, Kind kind) {}

  /** The columns, in order. */
  List<Column> columns();

  /**
   * Fills the next chunk.
   *
   * @return how many rows were filled, at most {@link Chunk#capacity()}; 0 at the end
   */
  int next(Chunk chunk) throws Exception;
}
