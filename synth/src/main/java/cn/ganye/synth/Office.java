package cn.ganye.synth;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The habits of one city's offices: how they name and encode their files. Counts what they write.
 */
final class Office {
  private static final Charset GB18030 = Charset.forName("GB18030");

  final City city;
  final SynthOptions options;
  final List<AnswerKey.Fault> faults = new ArrayList<>();
  private long files;
  private long records;
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

  /** Writes a file in this city's manner. */
  void file(String name, boolean small, Body body) throws IOException {
    Path path = options.out().resolve(name);
    boolean gb = small ? city.index() % 2 == 0 : city.index() == 5;
    Charset charset = gb ? GB18030 : StandardCharsets.UTF_8;
    try (CsvOut out =
        new CsvOut(path, charset, !gb && city.index() % 3 == 0, city.index() % 3 != 1)) {
      body.write(out);
      lastRecords = out.records();
      records += lastRecords;
    }
    files++;
  }

  /** Sends the file that was written last again, under another name. */
  void sendAgain(String name, String other) throws IOException {
    Files.copy(options.out().resolve(name), options.out().resolve(other));
    records += lastRecords;
    files++;
  }

  /** Notes a record that was spoilt. */
  void fault(String file, long record, String kind) {
    faults.add(new AnswerKey.Fault(file, record, kind));
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
    void write(CsvOut out) throws IOException;
  }
}
