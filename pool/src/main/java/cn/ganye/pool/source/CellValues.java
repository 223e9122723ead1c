package cn.ganye.pool.source;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of a workbook say: dates, which are numbers with a style, as yyyy-MM-dd; whole
 * numbers without a point; numbers that the spreadsheet has cut, as 3.60E+17, as they stand, so
 * that nobody takes them for whole.
 */
final class CellValues {
  /** For looking whether there is anything. */
  static final CellValues PLAIN = new CellValues(null, null, false);

  /** A spreadsheet keeps so many digits of a number. */
  private static final int DIGITS = 15;

  private static final BigDecimal CUT = BigDecimal.TEN.pow(DIGITS);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final @Nullable ReadOnlySharedStringsTable words;
  private final @Nullable StylesTable styles;
  private final boolean from1904;
  private final Map<Integer, Boolean> dates = new HashMap<>();

  /**
   * Those of a workbook.
   *
   * @param from1904 whether its days are counted from 1904, as some have it
   */
  CellValues(
      @Nullable ReadOnlySharedStringsTable words, @Nullable StylesTable styles, boolean from1904) {
    this.words = words;
    this.styles = styles;
    this.from1904 = from1904;
  }

  /**
   * The text of a cell.
   *
   * @param type as the sheet gives it: s, str, inlineStr, b, e, n
   * @param style number of its style
   * @param value as it stands
   */
  String text(String type, int style, String value) {
    if (value.isEmpty()) {
      return value;
    }
    return switch (type) {
      case "s" -> words == null ? value : words.getItemAt(Integer.parseInt(value)).getString();
      case "b" -> value.equals("1") ? "TRUE" : "FALSE";
      case "n" -> number(style, value);
      default -> value;
    };
  }

  private String number(int style, String value) {
    BigDecimal number;
    try {
      number = new BigDecimal(value);
    } catch (NumberFormatException e) {
      return value;
    }
    if (isDate(style)) {
      return date(number.doubleValue(), value);
    }
    if (number.abs().compareTo(CUT) >= 0) {
      return value.contains("E") ? value : String.format("%.14E", number);
    }
    BigDecimal told = number.round(new MathContext(DIGITS)).stripTrailingZeros();
    return told.signum() == 0 ? "0" : told.toPlainString();
  }

  private String date(double number, String value) {
    if (!DateUtil.isValidExcelDate(number)) {
      return value;
    }
    LocalDateTime at = DateUtil.getLocalDateTime(number, from1904, true);
    if (number < 1) {
      return TIME.format(at);
    }
    return at.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? at.toLocalDate().toString()
        : at.toLocalDate() + " " + TIME.format(at);
  }

  private boolean isDate(int style) {
    return dates.computeIfAbsent(
        style,
        s -> {
          if (styles == null || s < 0 || s >= styles.getNumCellStyles()) {
            return false;
          }
          XSSFCellStyle look = styles.getStyleAt(s);
          return DateUtil.isADateFormat(look.getDataFormat(), look.getDataFormatString());
        });
  }
}
