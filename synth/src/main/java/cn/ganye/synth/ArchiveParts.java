package cn.ganye.synth;

import java.time.LocalDateTime;
import java.util.zip.ZipEntry;

/** Parts of archives that all say they were made on one day, so that same rows are same bytes. */
final class ArchiveParts {
  private static final LocalDateTime MADE = LocalDateTime.of(2023, 1, 1, 0, 0);

  private ArchiveParts() {}

  static ZipEntry named(String name) {
    ZipEntry part = new ZipEntry(name);
    part.setTimeLocal(MADE);
    return part;
  }
}
