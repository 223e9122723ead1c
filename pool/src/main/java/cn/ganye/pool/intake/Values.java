package cn.ganye.pool.intake;

import cn.ganye.pool.contract.CodeList;
import cn.ganye.pool.contract.Contract.Column;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.reference.CreditCode;
import cn.ganye.reference.Days;
import cn.ganye.reference.IdentifierFault;
import cn.ganye.reference.ResidentId;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells of one column into numbers: a value, {@link #ABSENT}, or a refusal as {@link
 * #refused}. Not for use by several threads.
 */
final class Values {
  /** An empty cell. */
  static final long ABSENT = Long.MIN_VALUE;

  private static final long FIRST_REFUSAL = Long.MIN_VALUE + 1;
  private static final RefusalReason[] REASONS = RefusalReason.values();

  private static final int SERIAL_DIGITS = 5;
  private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);

  private final Column column;
  private final int asOf;
  private final boolean serialDays;
  private final @Nullable WordTable words;
  private final @Nullable CodeList list;
  private final long otherwise;
  private final Places places;

  /**
   * @param home two digits of the province in which a bare place name lies
   * @param asOf yyyymmdd; nobody is born later
   * @param known what words of the column were found to stand for
   * @param serialDays whether a day may be a workbook's number of it
   */
  Values(
      Column column,
      Contracts contracts,
      String home,
      int asOf,
      Map<String, Long> known,
      boolean serialDays) {
    this.column = column;
    this.asOf = asOf;
    this.serialDays = serialDays;
    this.list = column.list() == null ? null : contracts.list(column.list());
    this.places = new Places(column, list, home, known);
    this.words = list == null ? null : new WordTable(list.byWord());
    Integer other =
        list == null || column.otherwise() == null ? null : list.index(column.otherwise());
    this.otherwise = other == null ? refused(RefusalReason.UNKNOWN_CODE) : other;
  }

  static long refused(RefusalReason reason) {
    return FIRST_REFUSAL + reason.ordinal();
  }

  static boolean isRefused(long value) {
    return value >= FIRST_REFUSAL && value < FIRST_REFUSAL + REASONS.length;
  }

  static RefusalReason reason(long value) {
    return REASONS[(int) (value - FIRST_REFUSAL)];
  }

  /** Reads a cell whose bytes are trimmed and plain. */
  long read(byte[] bytes, int from, int to) {
    if (from == to || placeholder(bytes, from, to)) {
      return ABSENT;
    }
    return switch (column.type()) {
      case RESIDENT_ID -> residentId(bytes, from, to);
      case PERSON_NO -> residentId(bytes, from, certificate(bytes, from, to) ? from + 18 : to);
      case YYYYMM -> month(bytes, from, to);
      case DATE ->
          serialDays && to - from == SERIAL_DIGITS && digits(bytes, from, to) >= 0
              ? serialDay(digits(bytes, from, to))
              : day(bytes, from, to);
      case YUAN -> yuan(bytes, from, to);
      case INTEGER -> integer(bytes, from, to);
      case DEGREES -> degrees(bytes, from, to);
      case CODE -> word(bytes, from, to);
      case INDUSTRY, REGION, PLACE, POOLING_AREA -> places.find(bytes, from, to);
      case UNIT_NO, LABEL, TEXT -> 0;
      case CREDIT_CODE ->
          CreditCode.fault(text(bytes, from, to).toUpperCase(Locale.ROOT)) == null
              ? 0
              : refused(RefusalReason.CREDIT_CODE_INVALID);
    };
  }

  /** Placeholders of several bytes, ASCII ones in lower case. */
  private static final byte[][] PLACEHOLDERS =
      Stream.of("null", "\\n", "—", "——", "无")
          .map(word -> word.getBytes(StandardCharsets.UTF_8))
          .toArray(byte[][]::new);

  private static final int LONGEST_PLACEHOLDER = 6;

  /** First bytes of — and 无. */
  private static final byte DASH = (byte) 0xE2;

  private static final byte NONE = (byte) 0xE6;

  private static final Set<String> NO_END = Set.of("长期", "永久", "至今", "无固定期限", "长期有效");

  /** What people type where there is nothing: - / — —— 无 null \\N. */
  private static boolean placeholder(byte[] bytes, int from, int to) {
    int length = to - from;
    byte first = bytes[from];
    if (length == 1) {
      return first == '-' || first == '/';
    }
    if (length > LONGEST_PLACEHOLDER
        || !(first == 'n' || first == 'N' || first == '\\' || first == DASH || first == NONE)) {
      return false;
    }
    for (byte[] word : PLACEHOLDERS) {
      if (word.length == length && says(bytes, from, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean says(byte[] bytes, int from, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (lowerCase(bytes[from + i]) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte lowerCase(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private long residentId(byte[] bytes, int from, int to) {
    long packed = ResidentId.pack(bytes, from, to, asOf);
    if (packed >= 0) {
      return packed;
    }
    IdentifierFault fault = ResidentId.fault(packed);
    if (fault == IdentifierFault.LENGTH || fault == IdentifierFault.CHARACTER) {
      if (text(bytes, from, to).matches("[0-9.]+[eE]\\+?[0-9]+")) {
        return refused(RefusalReason.ID_CUT);
      }
      return refused(
          fault == IdentifierFault.LENGTH ? RefusalReason.ID_LENGTH : RefusalReason.ID_CHARACTER);
    }
    return refused(RefusalReason.ID_INVALID);
  }

  /**
   * Whether it is the number of a disability certificate: a resident ID, the class of disability 1
   * to 7, its grade 1 to 4, and B with a digit for each time it was issued again.
   */
  private static boolean certificate(byte[] bytes, int from, int to) {
    int length = to - from;
    return (length == 20 || length == 22)
        && bytes[from + 18] >= '1'
        && bytes[from + 18] <= '7'
        && bytes[from + 19] >= '1'
        && bytes[from + 19] <= '4'
        && (length == 20 || bytes[from + 20] == 'B' || bytes[from + 20] == 'b');
  }

  private long word(byte[] bytes, int from, int to) {
    int index = words == null ? -1 : words.find(bytes, from, to);
    return index >= 0 ? index : otherwise;
  }

  /** A month as 202301, 2023-01, 2023年1月 or a day in it; yyyymm. */
  static long month(byte[] bytes, int from, int to) {
    if (to - from == 6) {
      long plain = digits(bytes, from, to);
      long month = plain % 100;
      return plain >= 190001 && plain < 210000 && month >= 1 && month <= 12
          ? plain
          : refused(RefusalReason.BAD_DATE);
    }
    long parts = parts(bytes, from, to);
    long year = parts / 10_000;
    long month = parts / 100 % 100;
    return parts > 0 && year >= 1900 && year < 2100 && month >= 1 && month <= 12
        ? year * 100 + month
        : refused(RefusalReason.BAD_DATE);
  }

  /** A day that a workbook counts from the last but one of 1899: of 1927 or later. */
  private static long serialDay(long number) {
    LocalDate day = SERIAL_ZERO.plusDays(number);
    return day.getYear() * 10_000L + day.getMonthValue() * 100L + day.getDayOfMonth();
  }

  /**
   * A day as 20230105, 2023-01-05, 2023/1/5, 2023.1.5 or 2023年1月5日, a time after it passed over;
   * yyyymmdd. Words that say there is no last day stand for none.
   */
  static long day(byte[] bytes, int from, int to) {
    long parts =
        to - from == 8 && digits(bytes, from, to) >= 0
            ? digits(bytes, from, to)
            : parts(bytes, from, to);
    int year = (int) (parts / 10_000);
    boolean real = parts > 0 && Days.exists(year, (int) (parts / 100 % 100), (int) (parts % 100));
    if (real && year >= 1800) {
      return parts;
    }
    return NO_END.contains(text(bytes, from, to)) ? ABSENT : refused(RefusalReason.BAD_DATE);
  }

  private static long digits(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /**
   * Year, month and day as yyyymmdd from digits with anything between them; day 0 if there is none;
   * −1 if not two parts.
   */
  private static long parts(byte[] bytes, int from, int to) {
    long result = 0;
    int count = 0;
    int at = from;
    while (at < to && count < 3) {
      int start = at;
      while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
        at++;
      }
      if (at == start) {
        return -1;
      }
      if (count == 0 && at - start == 8) {
        return digits(bytes, start, at);
      }
      if (at - start > (count == 0 ? 4 : 2)) {
        return -1;
      }
      result = result * 100 + digits(bytes, start, at);
      count++;
      int gap = at;
      while (at < to && (bytes[at] < '0' || bytes[at] > '9')) {
        at++;
      }
      if (count < 3 && at < to && (at - gap > 3 || bytes[gap] == ' ')) {
        return -1;
      }
    }
    return count == 3 ? result : count == 2 ? result * 100 : -1;
  }

  /** Money in fen: 1234.5, 1,234.50, ￥1234, -12, (12). */
  static long yuan(byte[] bytes, int from, int to) {
    long fen = 0;
    int decimals = -1;
    boolean negative = false;
    int seen = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b >= '0' && b <= '9') {
        if (decimals < 2) {
          fen = fen * 10 + (b - '0');
          decimals += decimals >= 0 ? 1 : 0;
        }
        if (++seen > 15) {
          return refused(RefusalReason.BAD_NUMBER);
        }
      } else if (b == '.' && decimals < 0) {
        decimals = 0;
      } else if ((b == '-' || b == '(') && seen == 0) {
        negative = true;
      } else if (!(b == ','
          || b == ')'
          || b == ' '
          || (seen == 0 && (b == '+' || b == (byte) 0xC2 || b == (byte) 0xA5)))) {
        return endsInYuan(bytes, i, to)
            ? signed(scaled(fen, decimals), negative)
            : refused(RefusalReason.BAD_NUMBER);
      }
    }
    return seen == 0 ? refused(RefusalReason.BAD_NUMBER) : signed(scaled(fen, decimals), negative);
  }

  private static boolean endsInYuan(byte[] bytes, int from, int to) {
    return from > 0 && text(bytes, from, to).equals("元");
  }

  private static long scaled(long number, int decimals) {
    return decimals < 1 ? number * 100 : decimals == 1 ? number * 10 : number;
  }

  private static long signed(long fen, boolean negative) {
    return negative ? -fen : fen;
  }

  private static final int DEGREE_DECIMALS = 6;

  /**
   * Millionths of a degree; absent where it cannot be read: a point is no reason to refuse a
   * record.
   */
  private static long degrees(byte[] bytes, int from, int to) {
    long degrees = 0;
    int decimals = -1;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '.' && decimals < 0) {
        decimals = 0;
      } else if (b < '0' || b > '9' || (decimals < 0 && degrees > 180)) {
        return ABSENT;
      } else if (decimals < DEGREE_DECIMALS) {
        degrees = degrees * 10 + (b - '0');
        decimals += decimals >= 0 ? 1 : 0;
      }
    }
    for (int i = Math.max(decimals, 0); i < DEGREE_DECIMALS; i++) {
      degrees *= 10;
    }
    return degrees > 180_000_000L ? ABSENT : degrees;
  }

  private static long integer(byte[] bytes, int from, int to) {
    long fen = yuan(bytes, from, to);
    return isRefused(fen) || fen % 100 != 0 ? refused(RefusalReason.BAD_NUMBER) : fen / 100;
  }
}
