package cn.ganye.reference;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * 统一社会信用代码 (GB 32100-2015): department and category, six region digits, nine characters of
 * organisation code (GB 11714, with its own check character), one check character. No I, O, S, V or
 * Z.
 */
public record CreditCode(String text) {
  private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  private static final String DEPARTMENTS = "123456789ANY";
  private static final int[] WEIGHTS = {
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
  };
  private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
  private static final int NATIONAL_REGISTER = 10;

  /**
   * The valid code in a text, with lower case and full-width characters accepted as their plain
   * form; else empty.
   */
  public static Optional<CreditCode> parse(String text) {
    String plain = plain(text);
    return fault(plain) == null ? Optional.of(new CreditCode(plain)) : Optional.empty();
  }

  /** Upper case, plain characters. */
  public static String plain(String text) {
    return PlainForm.of(text).toUpperCase(java.util.Locale.ROOT);
  }

  /** What is wrong with a code in its plain form; null if nothing. */
  public static @Nullable IdentifierFault fault(String plain) {
    if (plain.isEmpty()) {
      return IdentifierFault.EMPTY;
    }
    if (plain.length() != 18) {
      return IdentifierFault.LENGTH;
    }
    for (int i = 0; i < 18; i++) {
      char c = plain.charAt(i);
      boolean regionDigit = i >= 2 && i < 8;
      if (ALPHABET.indexOf(c) < 0 || (regionDigit && (c < '0' || c > '9'))) {
        return IdentifierFault.CHARACTER;
      }
    }
    if (DEPARTMENTS.indexOf(plain.charAt(0)) < 0) {
      return IdentifierFault.DEPARTMENT;
    }
    int province = Integer.parseInt(plain, 2, 4, 10);
    if (province != NATIONAL_REGISTER && !Provinces.listed(province)) {
      return IdentifierFault.PROVINCE;
    }
    if (plain.charAt(16) != organisationCheck(plain, 8)) {
      return IdentifierFault.ORGANISATION;
    }
    return plain.charAt(17) == check(plain) ? null : IdentifierFault.CHECKSUM;
  }

  /** The code that follows from its parts: for synthetic data. */
  public static CreditCode of(String department, int region, String organisationBody) {
    String body = department + String.format(Locale.ROOT, "%06d", region) + organisationBody;
    String seventeen = body + organisationCheck(body, 8);
    return new CreditCode(seventeen + check(seventeen));
  }

  /** The organisation code inside (GB 11714), nine characters. */
  public String organisationCode() {
    return text.substring(8, 17);
  }

  private static char organisationCheck(String code, int from) {
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += Character.digit(code.charAt(from + i), 36) * ORGANISATION_WEIGHTS[i];
    }
    int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
  }

  private static char check(String code) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += ALPHABET.indexOf(code.charAt(i)) * WEIGHTS[i];
    }
    return ALPHABET.charAt((31 - sum % 31) % 31);
  }
}
