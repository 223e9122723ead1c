package cn.ganye.reference;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;

/**
 * 公民身份号码 (GB 11643-1999): six region digits, eight of birth, three of sequence, one check
 * character. The old form of fifteen digits (two-digit year, no check) is converted; its sequences
 * 996–999 were kept for people born before 1900.
 *
 * <p>Inside the house an ID travels as {@link #packed()}: its first seventeen digits as a long, the
 * check character follows from them.
 */
public record ResidentId(long packed) {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";
  private static final int FIRST_DAY = 18000101;
  private static final long BIRTH_UNIT = 1_000L;
  private static final long REGION_UNIT = 100_000_000_000L;

  /** What {@link #pack} found: a valid packed ID, or a fault as a negative number. */
  public static IdentifierFault fault(long packResult) {
    return IdentifierFault.values()[(int) (-1 - packResult)];
  }

  /**
   * The valid ID in a text, with lower-case x and full-width digits accepted as their plain form;
   * else empty.
   */
  public static Optional<ResidentId> parse(String text, LocalDate today) {
    long packed = pack(text, today);
    return packed < 0 ? Optional.empty() : Optional.of(new ResidentId(packed));
  }

  /** As {@link #pack(byte[], int, int, int)} on a text, after its plain form is taken. */
  public static long pack(String text, LocalDate today) {
    byte[] plain = PlainForm.of(text).getBytes(StandardCharsets.ISO_8859_1);
    return pack(plain, 0, plain.length, yyyymmdd(today));
  }

  /**
   * Reads an ID from bytes.
   *
   * @param today yyyymmdd; a later birth is refused
   * @return the packed ID (≥ 0), or a negative number that {@link #fault} explains
   */
  public static long pack(byte[] text, int from, int to, int today) {
    int length = to - from;
    if (length == 0) {
      return negative(IdentifierFault.EMPTY);
    }
    if (length != 18 && length != 15) {
      return negative(IdentifierFault.LENGTH);
    }
    int digits = length == 18 ? 17 : 15;
    long number = 0;
    int sum = 0;
    for (int i = 0; i < digits; i++) {
      int digit = text[from + i] - '0';
      if (digit < 0 || digit > 9) {
        return negative(IdentifierFault.CHARACTER);
      }
      number = number * 10 + digit;
      sum += digit * WEIGHTS[i];
    }
    char right = CHECKS.charAt(sum % 11);
    char check = length == 18 ? Character.toUpperCase((char) (text[to - 1] & 0xFF)) : right;
    if (length == 15) {
      number = convert(number);
    }
    if (check != 'X' && (check < '0' || check > '9')) {
      return negative(IdentifierFault.CHARACTER);
    }
    if (!Provinces.listed((int) (number / (REGION_UNIT * 10_000)))) {
      return negative(IdentifierFault.PROVINCE);
    }
    int birth = (int) (number / BIRTH_UNIT % 100_000_000);
    if (birth < FIRST_DAY || birth > today || !exists(birth)) {
      return negative(IdentifierFault.DATE);
    }
    return check == right ? number : negative(IdentifierFault.CHECKSUM);
  }

  /** The ID that follows from its parts: for synthetic data, whose region digits nobody has. */
  public static ResidentId of(int region, int birth, int sequence) {
    return new ResidentId(region * REGION_UNIT + birth * BIRTH_UNIT + sequence);
  }

  /** Eighteen characters. */
  public String text() {
    String digits = Long.toString(packed);
    return "0".repeat(17 - digits.length()) + digits + checkOf(packed);
  }

  /** Day of birth as yyyymmdd. */
  public int birthDay() {
    return (int) (packed / BIRTH_UNIT % 100_000_000);
  }

  /** The six region digits at first registration; not where the person lives now. */
  public int region() {
    return (int) (packed / REGION_UNIT);
  }

  /** Sex as GB/T 2261.1: 1 male, 2 female. */
  public int sex() {
    return packed % 2 == 1 ? 1 : 2;
  }

  @Override
  public String toString() {
    return "ResidentId[masked]";
  }

  private static long negative(IdentifierFault fault) {
    return -1L - fault.ordinal();
  }

  private static long convert(long fifteen) {
    long region = fifteen / 1_000_000_000L;
    long day = fifteen / 1_000L % 1_000_000L;
    long sequence = fifteen % 1_000L;
    long century = sequence >= 996 ? 18_000_000L : 19_000_000L;
    return region * REGION_UNIT + (century + day) * BIRTH_UNIT + sequence;
  }

  private static char checkOf(long number) {
    int sum = 0;
    long rest = number;
    for (int i = 16; i >= 0; i--) {
      sum += WEIGHTS[i] * (int) (rest % 10);
      rest /= 10;
    }
    return CHECKS.charAt(sum % 11);
  }

  private static boolean exists(int day) {
    return Days.exists(day / 10_000, day / 100 % 100, day % 100);
  }

  private static int yyyymmdd(LocalDate day) {
    return day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth();
  }
}
