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

  /** The first month of a month's quarter. */
  public static int firstOfQuarter(int month) {
    return month - (month % 100 - 1) % 3;
  }

  /** The last month of a month's quarter. */
  public static int lastOfQuarter(int month) {
    return firstOfQuarter(month) + 2;
  }

  /** A month's quarter as marts write it: 2025Q4. */
  public static String quarter(int month) {
    return month / 100 + "Q" + (month % 100 + 2) / 3;
  }

  /** Every month from one to another, both of them with. */
  public static List<Integer> between(int first, int last) {
    return IntStream.iterate(first, month -> month <= last, Months::after).boxed().toList();
  }
}
