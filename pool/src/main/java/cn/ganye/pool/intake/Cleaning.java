package cn.ganye.pool.intake;

import cn.ganye.pool.contract.ColumnType;
import cn.ganye.reference.PlainForm;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Brings a cell to its plain form: full-width digits, doubled quotes, an apostrophe before a
 * number, blanks within it, invisible characters. Most cells are plain as they are, and are told so
 * by their bytes.
 */
final class Cleaning {
  private byte[] clean = new byte[256];

  /** The plain form of the last cell cleaned, from 0 to the length that was given. */
  byte[] bytes() {
    return clean;
  }

  /** Whether the bytes of a cell of the tokenizer's last record may differ from its plain form. */
  static boolean needed(
      Tokenizer tokenizer, byte[] bytes, int from, int to, int cell, ColumnType type) {
    int traits = tokenizer.traits(cell);
    if (traits == 0 || from == to) {
      return false;
    }
    boolean number =
        type.isPerson() || type == ColumnType.UNIT_NO || type == ColumnType.CREDIT_CODE;
    boolean marked = (traits & Tokenizer.NUMBER_MARK) != 0;
    return (traits & Tokenizer.UNUSUAL) != 0
        || (number && marked && (bytes[from] == '\'' || bytes[from] == '`'))
        || (number && (traits & Tokenizer.BLANK) != 0 && blankWithin(bytes, from, to))
        || ((traits & Tokenizer.QUOTE) != 0 && tokenizer.quoted(cell))
        || ((traits & Tokenizer.LOWER_CASE) != 0 && type == ColumnType.CREDIT_CODE)
        || ((traits & Tokenizer.MULTI_BYTE) != 0 && malformed(bytes, from, to));
  }

  private static boolean blankWithin(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == ' ') {
        return true;
      }
    }
    return false;
  }

  private static int continuation(byte lead) {
    return (lead & 0xE0) == 0xC0 ? 1 : (lead & 0xF0) == 0xE0 ? 2 : (lead & 0xF8) == 0xF0 ? 3 : 0;
  }

  /** Whether bytes that are not ASCII are no UTF-8. */
  private static boolean malformed(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] >= 0) {
        continue;
      }
      int more = continuation(bytes[at]);
      if (more == 0 || at + more >= to) {
        return true;
      }
      for (int end = at + more; at < end; at++) {
        if ((bytes[at + 1] & 0xC0) != 0x80) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Writes the plain form of a cell into {@link #bytes}; its length, or −1 if the bytes are no
   * text.
   */
  int clean(byte[] bytes, int from, int to, ColumnType type) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      return -1;
    }
    text = text.replace("\"\"", "\"").replace('\u00A0', ' ').replace('\uFEFF', ' ');
    if (type == ColumnType.TEXT) {
      text = PlainForm.ofDigits(text);
    } else {
      text = PlainForm.of(text).replace('￥', ' ').strip();
      text = text.startsWith("'") || text.startsWith("`") ? text.substring(1).strip() : text;
    }
    if (type.isPerson() || type == ColumnType.CREDIT_CODE) {
      text = text.replace(" ", "");
    }
    if (type == ColumnType.CREDIT_CODE) {
      text = text.toUpperCase(Locale.ROOT);
    }
    byte[] plain = text.strip().getBytes(StandardCharsets.UTF_8);
    if (plain.length > clean.length) {
      clean = new byte[plain.length * 2];
    }
    System.arraycopy(plain, 0, clean, 0, plain.length);
    return plain.length;
  }
}
