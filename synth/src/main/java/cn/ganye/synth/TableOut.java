package cn.ganye.synth;

import java.io.IOException;

/** Writes the table of one file, whatever its format, cell by cell. Counts data records. */
abstract class TableOut implements AutoCloseable {
  /** The names of the columns, with commas between them. */
  abstract TableOut header(String line) throws IOException;

  /** Cells with commas between them, counted as a record: a title before the header, 合计, a foot. */
  abstract void line(String text) throws IOException;

  abstract TableOut cell(String text);

  /** Text in UTF-8. */
  abstract TableOut cell(byte[] text);

  /** A number in fen as yuan with two decimals. */
  abstract TableOut yuan(long fen);

  abstract TableOut number(long number);

  /** A day as yyyymmdd. */
  abstract TableOut day(int yyyymmdd);

  /** Puts the cells of this record aside: several records begin with them. */
  abstract void aside();

  /** Begins a record with the cells that were put aside last. */
  abstract TableOut again();

  /** Ends a record; its number, from 1. */
  abstract long end() throws IOException;

  /** Records so far. */
  abstract long records();

  @Override
  public abstract void close() throws IOException;
}
