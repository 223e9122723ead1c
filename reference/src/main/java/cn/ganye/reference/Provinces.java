package cn.ganye.reference;

/** The province digits of GB/T 2260, with 81, 82 and 83 as resident IDs and permits use them. */
final class Provinces {
  private static final boolean[] LISTED = new boolean[100];

  static {
    int[] codes = {
      11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51,
      52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83
    };
    for (int code : codes) {
      LISTED[code] = true;
    }
  }

  private Provinces() {}

  static boolean listed(int twoDigits) {
    return twoDigits >= 0 && twoDigits < 100 && LISTED[twoDigits];
  }
}
