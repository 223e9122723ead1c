package cn.ganye.reference;

import java.util.Locale;

/** Why an identifier is not valid. {@link #word()} is the vocabulary that people and files see. */
public enum IdentifierFault {
  /** Nothing there. */
  EMPTY,
  /** Neither of the lengths that the standard knows. */
  LENGTH,
  /** A character outside the standard's set. */
  CHARACTER,
  /** The first two region digits name no province. */
  PROVINCE,
  /** The birth date does not exist, is before 1800 or in the future. */
  DATE,
  /** GB 32100: the registering department is not listed. */
  DEPARTMENT,
  /** GB 32100: the organisation code inside (GB 11714) has a wrong check character. */
  ORGANISATION,
  /** The last character does not follow from the others. */
  CHECKSUM,
  /** The type asked for is neither {@code id} nor {@code uscc}. */
  TYPE;

  /** One lower-case word. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
