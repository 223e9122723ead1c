package cn.ganye.pool.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A table to be taken in: a file, a member of an archive, or a sheet of a workbook.
 *
 * @param path relative to the folder, with forward slashes; what lies within a file after {@code !}
 * @param file on disk
 * @param within the member of the archive, the sheet of the workbook; empty if it is the file
 * @param bytes of the text, about
 * @param sha256 of its bytes; of a sheet, of its workbook's and its name
 */
public record SourceFile(String path, Path file, List<String> within, long bytes, String sha256) {
  /** A file as a whole. */
  public SourceFile(String path, Path file, long bytes, String sha256) {
    this(path, file, List.of(), bytes, sha256);
  }

  /**
   * Its text, in the sender's encoding: that of a plain file as it is, that of any other as CSV in
   * UTF-8.
   *
   * @throws UnreadableSource if it cannot be read as a table
   */
  public InputStream text() throws IOException {
    return Formats.text(this);
  }

  /** Whether it is a sheet of a workbook. */
  public boolean isWorkbook() {
    return Formats.isWorkbook(this);
  }

  /**
   * Whether its text is not what lies on disk: then only reading to the end tells whether it is
   * whole, and its size is not known beforehand.
   */
  public boolean isWrapped() {
    return Formats.isWrapped(this);
  }
}
