package cn.ganye.server.marts;

import java.util.List;
import java.util.stream.IntStream;

/** Months as marts write them: numbers yyyymm. */
public final class Months {
  private Months() {}

  /** The month before one. */
  public static int before(int month) {
    return month % 100 == 1 ? month - 89 : month - 1;
  }

  /** The month after one. */
  public static int after(int month) {
    return month % 100 == 12 ? month + 89 : month + 1;
  }

  /** Every month from one to another, both of them with. */
  public static List<Integer> between(int first, int last) {
    return IntStream.iterate(first, month -> month <= last, Months::after).boxed().toList();
  }
}
