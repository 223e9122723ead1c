package cn.ganye.pool.contract;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sender's file must look like.
 *
 * @param id kebab-case; the table in derivation steps has underscores instead
 * @param title official Chinese name
 * @param aliases other names that files give the dataset
 * @param sender code of the sender in the list {@code sender}
 * @param source law, standard or office that it comes from
 * @param grade how sure its header words and rules are, as policy facts are graded
 * @param grain what one row is
 * @param period the column that says which month a row belongs to; null for a dataset without
 *     periods
 * @param window whether its periods are the months that the pool shows figures for
 * @param every how often it is sent
 * @param due day of the following month by which it is due; 0 if there is no such day
 * @param unused headers that offices send and nothing here needs
 * @param key columns that tell one row from another
 * @param names which of its text columns is the name of the enterprise that a column's number
 *     stands for; null if it names none
 */
public record Contract(
    String id,
    String title,
    List<String> aliases,
    String sender,
    String source,
    String grade,
    String grain,
    @Nullable String period,
    boolean window,
    Every every,
    int due,
    List<Column> columns,
    List<String> unused,
    List<String> key,
    List<Check> checks,
    @Nullable Names names) {

  /** How often a dataset is sent. */
  public enum Every {
    MONTH("每月"),
    QUARTER("每季"),
    YEAR("每年"),
    CHANGE("变动时");

    private final String title;

    Every(String title) {
      this.title = title;
    }

    /** Its Chinese name. */
    public String title() {
      return title;
    }

    /** The word in documents. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The column {@code name} is the name of the enterprise that goes by {@code number}. */
  public record Names(String number, String name) {}

  /**
   * One column.
   *
   * @param headers words that files use for it, the usual one first
   * @param list id of its code list, for type code
   * @param standsIn {@code birth} or {@code sex} where an empty cell is filled from the resident ID
   * @param otherwise code that stands for a word not on the list; null if such a word refuses the
   *     record
   * @param min least value, in the lake's unit; unless the condition holds
   */
  public record Column(
      String name,
      ColumnType type,
      List<String> headers,
      boolean required,
      @Nullable String list,
      @Nullable String standsIn,
      @Nullable String otherwise,
      @Nullable Long min,
      @Nullable Condition unless) {}

  /**
   * A rule over one record.
   *
   * @param param dated parameter that the right side stands for; the rule is off on days without a
   *     value that may be used. Null if the right side is a column or a constant
   */
  public record Check(String say, Condition that, @Nullable String param, boolean refuses) {}

  /** The table that steps read. */
  public String table() {
    return id.replace('-', '_');
  }

  /** The column of a name. */
  public Optional<Column> column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** Columns that the lake keeps, in order. */
  public List<Column> stored() {
    return columns.stream().filter(c -> c.type().stored() != ColumnType.Stored.VAULT).toList();
  }

  /** Columns whose text stays in the vault, in order. */
  public List<Column> vaulted() {
    return columns.stream().filter(c -> c.type().stored() == ColumnType.Stored.VAULT).toList();
  }
}
