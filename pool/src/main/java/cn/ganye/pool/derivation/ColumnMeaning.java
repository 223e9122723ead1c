package cn.ganye.pool.derivation;

import cn.ganye.engine.Sql;
import java.util.List;
import java.util.Optional;

/**
 * What a published column means, and where the definition comes from.
 *
 * @param mart {@code *} for every mart that has the column
 */
public record ColumnMeaning(String mart, String column, String definition, String source) {
  private static final List<ColumnMeaning> ALL =
      Sql.resource(ColumnMeaning.class, "columns.csv")
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(",", 4))
          .map(cells -> new ColumnMeaning(cells[0], cells[1], cells[2], cells[3]))
          .toList();

  /** The meaning of a mart's column: its own line, else that of all marts. */
  public static Optional<ColumnMeaning> of(String mart, String column) {
    return ALL.stream()
        .filter(line -> line.column.equals(column))
        .filter(line -> line.mart.equals(mart) || line.mart.equals("*"))
        .reduce(
            (one, other) -> one.mart.equals(mart) ? one : other.mart.equals(mart) ? other : one);
  }

  /** Every line of the document. */
  public static List<ColumnMeaning> all() {
    return ALL;
  }
}
