package cn.ganye.synth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** For formats that are written a row at a time, of cells with types. */
abstract class CellsOut extends TableOut {
  private final List<Object> cells = new ArrayList<>();
  private List<Object> aside = List.of();
  private long records;

  /** Writes the names of the columns. */
  abstract void names(List<String> names) throws IOException;

  /** Writes one row: texts, {@link Yuan}, {@link Long} and {@link LocalDate}. */
  abstract void row(List<Object> cells) throws IOException;

  /** An amount. */
  record Yuan(long fen) {}

  private static List<String> split(String line) {
    return List.of(line.split(",", -1));
  }

  @Override
  TableOut header(String line) throws IOException {
    names(split(line));
    return this;
  }

  @Override
  void line(String text) throws IOException {
    cells.addAll(split(text));
    end();
  }

  @Override
  TableOut cell(String text) {
    cells.add(text);
    return this;
  }

  @Override
  TableOut cell(byte[] text) {
    return cell(new String(text, StandardCharsets.UTF_8));
  }

  @Override
  TableOut yuan(long fen) {
    cells.add(new Yuan(fen));
    return this;
  }

  @Override
  TableOut number(long number) {
    cells.add(number);
    return this;
  }

  @Override
  TableOut day(int yyyymmdd) {
    cells.add(LocalDate.of(yyyymmdd / 10_000, yyyymmdd / 100 % 100, yyyymmdd % 100));
    return this;
  }

  @Override
  void aside() {
    aside = List.copyOf(cells);
    cells.clear();
  }

  @Override
  TableOut again() {
    cells.addAll(aside);
    return this;
  }

  @Override
  long end() throws IOException {
    row(cells);
    cells.clear();
    return ++records;
  }

  @Override
  long records() {
    return records;
  }
}
