package cn.ganye.server.people.internal;

/** How names are shown. */
final class Names {
  private Names() {}

  /** First and last character of three and more, the first of two. */
  static String masked(String name) {
    int length = name.codePointCount(0, name.length());
    if (length <= 1) {
      return name;
    }
    String first = name.substring(0, name.offsetByCodePoints(0, 1));
    if (length == 2) {
      return first + "*";
    }
    return first
        + "*".repeat(length - 2)
        + name.substring(name.offsetByCodePoints(name.length(), -1));
  }
}
