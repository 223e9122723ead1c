package cn.ganye.engine;

import java.util.List;

/** Rows made in Java, handed to the engine a chunk at a time, in their order. */
public interface RowSource {
  /** The kinds of column that a source can fill. */
  enum Kind {
    INTEGER,
    BIGINT,
    /** Text from a list; filled as INTEGER with the place of the word, from 0. */
    WORD
  }

  /**
   * One column of a source.
   *
   * @param words for kind WORD the list, each once; else empty
   */
  record Column(String name, Kind kind, List<String> words) {
    /** A column of numbers. */
    public Column(String name, Kind kind) {
      this(name, kind, List.of());
    }
  }

  /** The columns, in order. */
  List<Column> columns();

  /**
   * Fills the next chunk.
   *
   * @return how many rows were filled, at most {@link Chunk#capacity()}; 0 at the end
   */
  int next(Chunk chunk) throws Exception;
}
