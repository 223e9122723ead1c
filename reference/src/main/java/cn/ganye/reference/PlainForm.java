package cn.ganye.reference;

/** Full-width ASCII (as Chinese input methods type it) in its plain form. */
public final class PlainForm {
  private PlainForm() {}

  /**
   * The same text with every full-width ASCII character and ideographic space replaced by its plain
   * one.
   */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= '\u3000') {
        return replace(text);
      }
    }
    return text;
  }

  /** The same text with its full-width digits alone replaced: what else is written so stays. */
  public static String ofDigits(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c >= '\uFF10' && c <= '\uFF19') {
        plain.setCharAt(i, (char) (c - 0xFEE0));
      }
    }
    return plain.toString();
  }

  private static String replace(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '\uFF01' && c <= '\uFF5E') {
        plain.append((char) (c - 0xFEE0));
      } else if (c == '\u3000') {
        plain.append(' ');
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
