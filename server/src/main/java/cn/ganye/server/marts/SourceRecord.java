package cn.ganye.server.marts;

import java.util.List;

/**
 * A record that an office sent about somebody, as it was taken in.
 *
 * @param file name of the file, relative to the folder of files
 * @param record its number in the file, from 1
 * @param knownFrom yyyymmdd: the day it was sent
 * @param region six digits of the sender's region; 0 if the file does not say
 * @param values what its columns say; free text stays in the vault
 */
public record SourceRecord(String file, int record, int knownFrom, int region, List<Value> values) {
  /** A column as the file heads it, and its value as it was standardised; "" where it is empty. */
  public record Value(String column, String value) {}
}
