package cn.ganye.synth;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipOutputStream;

/**
 * The habits of one city's offices: how they name and encode their files. Counts what they write.
 */
final class Office {
  private static final Charset GB18030 = Charset.forName("GB18030");

  private static final int COMPRESSED_AT_ONCE = 1 << 16;

  final City city;
  final SynthOptions options;
  final List<AnswerKey.Fault> faults = new ArrayList<>();
  private long files;
  private long records;
  private String last = "";
  private long lastRecords;

  Office(City city, SynthOptions options) {
    this.city = city;
    this.options = options;
  }

  /** A month of the window. */
  YearMonth month(int index) {
    return options.first().plusMonths(index);
  }

  static int yyyymm(YearMonth month) {
    return month.getYear() * 100 + month.getMonthValue();
  }

  /** A file name with or without a period, sent on a day. */
  String name(String dataset, YearMonth period, int sentDay) {
    YearMonth sent = period.plusMonths(1);
    return formed(
        dataset
            + "_"
            + city.code()
            + "_"
            + yyyymm(period)
            + "_"
            + yyyymm(sent)
            + String.format(Locale.ROOT, "%02d", sentDay));
  }

  /** The name of a file without period. */
  String name(String dataset, String sent) {
    return formed(dataset + "_" + city.code() + "__" + sent);
  }

  private String formed(String name) {
    List<Format> formats = options.formats();
    return name + "." + formats.get(Math.floorMod(name.hashCode(), formats.size())).word();
  }

  /**
   * Writes a file in this city's manner. Without records JSON lines name nothing: then it is text.
   */
  void file(String name, boolean small, Body body) throws IOException {
    Path path = options.out().resolve(name);
    boolean gb = small ? city.index() % 2 == 0 : city.index() == 5;
    Charset charset = gb ? GB18030 : StandardCharsets.UTF_8;
    boolean mark = !gb && city.index() % 3 == 0;
    boolean windows = city.index() % 3 != 1;
    Format format = Format.ofFile(name);
    try (TableOut out =
        switch (format) {
          case CSV, CSV_GZ, ZIP -> new CsvOut(stream(path, format), charset, mark, windows);
          case XLSX -> new WorkbookOut(path);
          case JSONL -> new JsonLinesOut(path);
        }) {
      body.write(out);
      lastRecords = out.records();
    }
    if (format == Format.JSONL && lastRecords == 0) {
      Files.delete(path);
      file(name.replace(Format.JSONL.word(), Format.CSV.word()), small, body);
      return;
    }
    last = name;
    records += lastRecords;
    files++;
  }

  private static OutputStream stream(Path file, Format format) throws IOException {
    OutputStream plain = Files.newOutputStream(file);
    if (format == Format.CSV_GZ) {
      return new QuickGzip(plain);
    }
    if (format == Format.ZIP) {
      ZipOutputStream archive = new ZipOutputStream(plain);
      archive.setLevel(Deflater.BEST_SPEED);
      archive.putNextEntry(ArchiveParts.named(inArchive(String.valueOf(file.getFileName()))));
      return archive;
    }
    return plain;
  }

  /** At zlib's quickest level: its usual one took a third of the time of a packed province. */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream plain) throws IOException {
      super(plain, COMPRESSED_AT_ONCE);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static String inArchive(String archive) {
    return archive.replace("." + Format.ZIP.word(), "." + Format.CSV.word());
  }

  /** Sends the file that was written last again, under another name. */
  void sendAgain() throws IOException {
    String other = last.replaceFirst("\\.", "_again.");
    Files.copy(options.out().resolve(last), options.out().resolve(other));
    records += lastRecords;
    files++;
  }

  /** Notes a record that was spoilt, by the name that a pool gives its table. */
  void fault(String file, long record, String kind) {
    String table = Format.ofFile(file) == Format.ZIP ? file + "!" + inArchive(file) : file;
    faults.add(new AnswerKey.Fault(table, record, kind));
  }

  long files() {
    return files;
  }

  long records() {
    return records;
  }

  /** Writes the lines of a file. */
  @FunctionalInterface
  interface Body {
    void write(TableOut out) throws IOException;
  }
}
