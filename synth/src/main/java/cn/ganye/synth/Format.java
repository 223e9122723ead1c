package cn.ganye.synth;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** In what form an office sends a file. */
public enum Format {
  /** Text as it is. */
  CSV("csv"),
  /** Text compressed by gzip. */
  CSV_GZ("csv.gz"),
  /** Text in an archive. */
  ZIP("zip"),
  /** A workbook of one sheet. */
  XLSX("xlsx"),
  /** A JSON object a line. */
  JSONL("jsonl");

  private final String word;

  Format(String word) {
    this.word = word;
  }

  /** As options and file names have it. */
  public String word() {
    return word;
  }

  /** The format of a word. */
  public static Optional<Format> of(String word) {
    return Arrays.stream(values()).filter(format -> format.word.equals(word)).findFirst();
  }

  /** The words of all, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(Format::word).collect(Collectors.joining(", "));
  }

  /** That of a file, by its name. */
  static Format ofFile(String name) {
    return Arrays.stream(values())
        .filter(format -> name.endsWith("." + format.word))
        .findFirst()
        .orElseThrow();
  }
}
