package cn.ganye.pool.source;

import cn.ganye.engine.Hashes;
import cn.ganye.engine.ParquetRows;
import cn.ganye.pool.source.UnreadableSource.Why;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * How files are taken for tables, by name and first bytes: text as it is; XLSX, Parquet and JSON
 * lines row by row; each of them also packed by gzip or in a ZIP archive.
 */
public final class Formats {
  /** Between a file and what lies within it. */
  private static final Pattern WITHIN = Pattern.compile("(?i)(?<=\\.zip|\\.xlsx|\\.xls)!");

  private static final int MAGIC = 8;
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] OLE = {
    (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
  };

  private enum Kind {
    TEXT,
    WORKBOOK,
    JSON_LINES,
    PARQUET,
    ARCHIVE
  }

  private Formats() {}

  /**
   * The tables of a file: itself, or what lies within it.
   *
   * @param path relative to the folder
   */
  public static List<SourceFile> tables(String path, Path file) throws IOException {
    String sha256 = hash(file);
    SourceFile whole = new SourceFile(path, file, Files.size(file), sha256);
    try {
      List<SourceFile> within =
          switch (kind(path)) {
            case ARCHIVE -> members(path, file);
            case WORKBOOK -> sheets(whole, file);
            default -> List.of();
          };
      return within.isEmpty() ? List.of(whole) : within;
    } catch (UnreadableSource e) {
      return List.of(whole);
    }
  }

  /** The table of a path that {@link #tables} has given; empty if its file is gone. */
  public static Optional<SourceFile> find(Path folder, String path) throws IOException {
    String[] parts = path(path);
    Path file = folder.resolve(parts[0]);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (parts.length == 1 && kind(path) == Kind.TEXT) {
      return Optional.of(new SourceFile(path, file, Files.size(file), ""));
    }
    return tables(parts[0], file).stream().filter(table -> table.path().equals(path)).findFirst();
  }

  /** A path cut where something lies within a file. */
  public static String[] path(String path) {
    return WITHIN.split(path);
  }

  private static List<SourceFile> members(String path, Path file) throws IOException {
    List<SourceFile> tables = new ArrayList<>();
    for (String member : Archive.members(file)) {
      MessageDigest digest = Hashes.sha256();
      long bytes = 0;
      try (InputStream in = Archive.open(file, member)) {
        byte[] some = new byte[1 << 16];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
          digest.update(some, 0, read);
          bytes += read;
        }
      } catch (UnreadableSource | ZipException | EOFException e) {
        digest.update(member.getBytes(StandardCharsets.UTF_8));
      }
      SourceFile table =
          new SourceFile(
              path + "!" + member.replace('\\', '/'),
              file,
              List.of(member),
              bytes,
              Hashes.hex(digest));
      if (kind(member) != Kind.WORKBOOK) {
        tables.add(table);
        continue;
      }
      try (OnDisk unpacked = OnDisk.of(table)) {
        List<SourceFile> sheets = sheets(table, unpacked.file());
        tables.addAll(sheets.isEmpty() ? List.of(table) : sheets);
      } catch (UnreadableSource e) {
        tables.add(table);
      }
    }
    return tables;
  }

  /** A workbook of one sheet is a table itself. */
  private static List<SourceFile> sheets(SourceFile workbook, Path file) throws IOException {
    if (!starts(file, ZIP)) {
      return List.of(workbook);
    }
    List<String> sheets = Workbook.sheets(file);
    List<SourceFile> tables = new ArrayList<>();
    for (String sheet : sheets) {
      List<String> within = new ArrayList<>(workbook.within());
      within.add(sheet);
      MessageDigest digest = Hashes.sha256();
      digest.update((workbook.sha256() + '\n' + sheet).getBytes(StandardCharsets.UTF_8));
      tables.add(
          new SourceFile(
              sheets.size() == 1 ? workbook.path() : workbook.path() + "!" + sheet,
              workbook.file(),
              List.copyOf(within),
              workbook.bytes(),
              sheets.size() == 1 ? workbook.sha256() : Hashes.hex(digest)));
    }
    return tables;
  }

  static boolean isWrapped(SourceFile table) {
    return !table.within().isEmpty() || isGzip(table.path()) || kind(table.path()) != Kind.TEXT;
  }

  static boolean isWorkbook(SourceFile table) {
    return kind(name(table)) == Kind.WORKBOOK;
  }

  static InputStream text(SourceFile table) throws IOException {
    String name = name(table);
    return switch (kind(name)) {
      case TEXT -> bytes(table);
      case JSON_LINES -> new RowText(new JsonLines(bytes(table)));
      case PARQUET -> {
        OnDisk file = OnDisk.of(table);
        yield new RowText(parquet(file));
      }
      case WORKBOOK -> workbook(table);
      case ARCHIVE ->
          throw table.within().isEmpty()
              ? whyNot(table.file())
              : new UnreadableSource(Why.NOT_TEXT, "an archive within an archive is not read");
    };
  }

  /** Why an archive could not be taken apart. */
  private static UnreadableSource whyNot(Path file) throws IOException {
    try {
      Archive.members(file);
    } catch (UnreadableSource e) {
      return e;
    }
    return new UnreadableSource(Why.BROKEN_ARCHIVE, "the archive holds no file");
  }

  private static InputStream workbook(SourceFile table) throws IOException {
    OnDisk file = OnDisk.of(table);
    try {
      if (starts(file.file(), OLE)) {
        throw new UnreadableSource(
            Why.OLD_SPREADSHEET, "a workbook of the old binary kind, or one under a password");
      }
      if (!starts(file.file(), ZIP)) {
        return closing(FileBytes.open(file.file()), file);
      }
      List<String> sheets = Workbook.sheets(file.file());
      if (sheets.isEmpty()) {
        return closing(InputStream.nullInputStream(), file);
      }
      int depth = table.within().size() - (isMember(table) ? 1 : 0);
      String sheet = depth == 0 ? sheets.getFirst() : table.within().getLast();
      return closing(new RowText(Workbook.rows(file.file(), sheet)), file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static boolean isMember(SourceFile table) {
    return kind(String.valueOf(table.file().getFileName())) == Kind.ARCHIVE;
  }

  /** The name that says what kind of file it is. */
  private static String name(SourceFile table) {
    return isMember(table) && !table.within().isEmpty()
        ? table.within().getFirst()
        : String.valueOf(table.file().getFileName());
  }

  private static Rows parquet(OnDisk file) throws IOException {
    ParquetRows rows;
    try {
      rows = ParquetRows.open(file.file());
    } catch (IOException e) {
      file.close();
      throw new UnreadableSource(Why.BROKEN_ARCHIVE, "no Parquet: " + e.getMessage(), e);
    }
    return new Rows() {
      private boolean headed;

      @Override
      public @Nullable List<String> next() throws IOException {
        if (!headed) {
          headed = true;
          return rows.columns();
        }
        return rows.next();
      }

      @Override
      public void close() throws IOException {
        rows.close();
        file.close();
      }
    };
  }

  /** The bytes of a table before they are taken for one: unpacked. */
  static InputStream bytes(SourceFile table) throws IOException {
    InputStream raw =
        isMember(table) && !table.within().isEmpty()
            ? Archive.open(table.file(), table.within().getFirst())
            : FileBytes.open(table.file());
    if (!isGzip(name(table))) {
      return raw;
    }
    try {
      return new Bounded(new GZIPInputStream(raw, 1 << 16), table.bytes());
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream closing(InputStream in, OnDisk file) {
    return new FilterInputStream(in) {
      @Override
      public void close() throws IOException {
        super.close();
        file.close();
      }
    };
  }

  private static boolean isGzip(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  private static Kind kind(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
      case "xlsx", "xls" -> Kind.WORKBOOK;
      case "jsonl", "ndjson" -> Kind.JSON_LINES;
      case "parquet" -> Kind.PARQUET;
      case "zip" -> Kind.ARCHIVE;
      default -> Kind.TEXT;
    };
  }

  private static String hash(Path file) throws IOException {
    try {
      return Hashes.of(file);
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (IOException e) {
      throw FileBytes.unreadable(file, e);
    }
  }

  private static boolean starts(Path file, byte[] magic) throws IOException {
    try (InputStream in = new BufferedInputStream(FileBytes.open(file), MAGIC)) {
      byte[] first = in.readNBytes(magic.length);
      return Arrays.equals(first, magic);
    }
  }

  /**
   * A table as a file that can be read from any place on: its own, or one unpacked for the while.
   */
  record OnDisk(Path file, boolean temporary) implements Closeable {
    static OnDisk of(SourceFile table) throws IOException {
      boolean packed =
          isMember(table) && !table.within().isEmpty() || isGzip(String.valueOf(table.file()));
      if (!packed) {
        return new OnDisk(table.file(), false);
      }
      Path file = Files.createTempFile("ganye-", ".part");
      try (InputStream in = bytes(table)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        Files.deleteIfExists(file);
        throw e;
      }
      return new OnDisk(file, true);
    }

    @Override
    public void close() throws IOException {
      if (temporary) {
        Files.deleteIfExists(file);
      }
    }
  }
}
