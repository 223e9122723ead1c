package cn.ganye.pool.source;

import cn.ganye.engine.Durable;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.contract.Extract;
import cn.ganye.reference.CsvText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads rows out of a database into files of the inbox: so many at a time, in the order of a key,
 * from where the last run ended. A file comes into its place whole, and then it is noted how far
 * the key has come: cut off in between, the same rows come into the same file again.
 */
public final class JdbcExtract {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int FETCH = 10_000;

  /**
   * How far an extract has come.
   *
   * @param last key of the last row, as text; null before the first
   * @param type number, time or text
   */
  private record Note(int files, long rows, @Nullable String last, @Nullable String type) {
    private static final Note NOTHING = new Note(0, 0, null, null);
  }

  /** What one run brought; rows and files of all runs together. */
  public record Report(int files, long rows, int allFiles, long allRows) {}

  /** Hears of each file. */
  @FunctionalInterface
  public interface Listener {
    /** It holds so many rows. */
    void file(Path file, long rows);
  }

  private JdbcExtract() {}

  /**
   * Reads what has come since the last run.
   *
   * @param folder the inbox; files lie in {@code extracts} below it
   * @param today the day on which they count as sent
   * @throws PoolProblem if the database refuses, or the key does not tell rows apart
   */
  public static Report run(
      Extract extract, Connection connection, Path folder, LocalDate today, Listener listener)
      throws IOException {
    Path into = Files.createDirectories(folder.resolve("extracts"));
    Path notes = into.resolve("." + extract.id() + ".json");
    Note begun = note(notes);
    Note note = begun;
    try {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      while (true) {
        Path file = into.resolve(name(extract, note.files() + 1, today));
        Note next = chunk(extract, connection, note, file);
        if (next.files() == note.files()) {
          break;
        }
        Durable.write(notes, JSON.writeValueAsBytes(next));
        listener.file(file, next.rows() - note.rows());
        boolean last = next.rows() - note.rows() < extract.rows();
        note = next;
        if (last) {
          break;
        }
      }
      connection.rollback();
    } catch (SQLException e) {
      throw PoolProblem.work(
          "database-refused",
          extract.id(),
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "mend the document or the database's rights and run this again: what was read stays");
    }
    return new Report(
        note.files() - begun.files(), note.rows() - begun.rows(), note.files(), note.rows());
  }

  private static Note note(Path notes) {
    if (!Files.exists(notes)) {
      return Note.NOTHING;
    }
    try {
      return JSON.readValue(notes.toFile(), Note.class);
    } catch (JacksonException e) {
      throw PoolProblem.work(
          "note-unreadable",
          notes.toString(),
          "the note of how far the extract has come cannot be read",
          "delete it and the files beside it to read everything again: equal records count once");
    }
  }

  private static String name(Extract extract, int number, LocalDate today) {
    return String.join(
            "_",
            extract.dataset(),
            extract.region(),
            extract.period() == null ? "" : extract.period().toString(),
            DateTimeFormatter.BASIC_ISO_DATE.format(today),
            extract.id() + "-p" + number)
        + ".csv.gz";
  }

  /** Writes the next rows; the same note again if there are none. */
  private static Note chunk(Extract extract, Connection connection, Note note, Path file)
      throws SQLException, IOException {
    String sql =
        "SELECT "
            + String.join(", ", extract.columns().values())
            + ", "
            + extract.key()
            + " FROM "
            + extract.from()
            + " x"
            + (note.last() == null ? "" : " WHERE " + extract.key() + " > ?")
            + " ORDER BY "
            + extract.key();
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    int width = extract.columns().size();
    long rows = 0;
    Object last = null;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setMaxRows(extract.rows());
      statement.setFetchSize(FETCH);
      if (note.last() != null) {
        statement.setObject(1, key(note));
      }
      try (ResultSet found = statement.executeQuery();
          Writer out =
              new BufferedWriter(
                  new OutputStreamWriter(
                      new GZIPOutputStream(Files.newOutputStream(part)), StandardCharsets.UTF_8))) {
        line(out, List.copyOf(extract.columns().keySet()));
        while (found.next()) {
          Object key = found.getObject(width + 1);
          if (key == null || key.equals(last)) {
            throw new SQLException(
                key == null
                    ? extract.key() + " is NULL in a row"
                    : extract.key() + " does not tell rows apart: twice " + key);
          }
          last = key;
          List<String> cells = new ArrayList<>(width);
          for (int i = 1; i <= width; i++) {
            cells.add(text(found.getObject(i)));
          }
          line(out, cells);
          rows++;
        }
      }
    }
    if (rows == 0) {
      Files.delete(part);
      return note;
    }
    Durable.move(part, file);
    return new Note(
        note.files() + 1,
        note.rows() + rows,
        last instanceof Timestamp time ? time.toString() : Objects.requireNonNull(last).toString(),
        last instanceof Number ? "number" : last instanceof Timestamp ? "time" : "text");
  }

  private static Object key(Note note) {
    String last = String.valueOf(note.last());
    return switch (String.valueOf(note.type())) {
      case "number" -> new BigDecimal(last);
      case "time" -> Timestamp.valueOf(last);
      default -> last;
    };
  }

  private static void line(Writer out, List<String> cells) throws IOException {
    out.write(cells.stream().map(CsvText::cell).collect(Collectors.joining(",")));
    out.write('\n');
  }

  /** As files write it: days without a time, numbers without an exponent. */
  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case Timestamp time ->
          time.toLocalDateTime().toLocalTime().equals(LocalTime.MIDNIGHT)
              ? time.toLocalDateTime().toLocalDate().toString()
              : time.toLocalDateTime().toString();
      default -> value.toString();
    };
  }
}
