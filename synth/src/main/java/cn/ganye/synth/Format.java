package cn.ganye.synth;

import java.util.Arrays;
import java.util.Optional;

/** In what form an office sends a file. */
public enum Format {
  /** Text as it is. */
  CSV("csv"),
  /** Text compressed by gzip. */
  CSV_GZ("csv.gz");

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
}
