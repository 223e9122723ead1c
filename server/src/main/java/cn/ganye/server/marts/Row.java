package cn.ganye.server.marts;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One row of a mart, column by column; {@code null} where nothing is told. */
public final class Row {
  private final ResultSet row;

  Row(ResultSet row) {
    this.row = row;
  }

  /** A text that is there. */
  public String text(String column) {
    String value = textOrNull(column);
    return value == null ? "" : value;
  }

  /** A text, or null. */
  public @Nullable String textOrNull(String column) {
    try {
      return row.getString(column);
    } catch (SQLException e) {
      throw new IllegalStateException("column " + column, e);
    }
  }

  /** A number that is there; 0 where it is not. */
  public long number(String column) {
    Long value = numberOrNull(column);
    return value == null ? 0 : value;
  }

  /** A number, or null. */
  public @Nullable Long numberOrNull(String column) {
    try {
      long value = row.getLong(column);
      return row.wasNull() ? null : value;
    } catch (SQLException e) {
      throw new IllegalStateException("column " + column, e);
    }
  }

  /** A number with a fraction, or null. */
  public @Nullable Double decimalOrNull(String column) {
    try {
      double value = row.getDouble(column);
      return row.wasNull() ? null : value;
    } catch (SQLException e) {
      throw new IllegalStateException("column " + column, e);
    }
  }
}
