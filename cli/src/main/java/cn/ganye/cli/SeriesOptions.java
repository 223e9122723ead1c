package cn.ganye.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that name a series of a CSV file. */
final class SeriesOptions {
  @Option(names = "--data", required = true, paramLabel = "F.csv", description = "The series.")
  Path data = Path.of("");

  @Option(names = "--date", required = true, paramLabel = "C", description = "Column of periods.")
  String date = "";

  @Option(names = "--value", required = true, paramLabel = "C", description = "Column of values.")
  String value = "";

  SeriesTable read() throws IOException {
    return SeriesTable.read(data, date, value);
  }
}
