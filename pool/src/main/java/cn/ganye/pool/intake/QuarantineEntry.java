package cn.ganye.pool.intake;

import cn.ganye.pool.identity.SealedFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A refused record as quarantine keeps it.
 *
 * @param load the load that brought it
 * @param record its number in the file, from 1, without header and blank lines
 * @param problems every reason, as {@code column:reason}; the column is empty if it is the whole
 *     record
 * @param text its original text in UTF-8, the first 64 KiB at most
 * @param length of the whole text, in bytes
 * @param sha256 of the whole text where it was cut; else empty
 */
public record QuarantineEntry(
    int load, long record, List<String> problems, byte[] text, long length, String sha256) {
  /** The entry of a record that intake refused. */
  static QuarantineEntry of(int load, long number, Batch.Refused refused) {
    List<String> problems =
        refused.problems().stream()
            .map(problem -> problem.column() + ":" + problem.reason().code())
            .toList();
    return new QuarantineEntry(
        load, number, problems, refused.text(), refused.length(), refused.sha256());
  }

  /** Seals it. */
  void write(SealedFile.Writer writer) throws IOException {
    DataOutputStream entry = writer.entry();
    entry.writeInt(load);
    entry.writeLong(record);
    entry.writeShort(problems.size());
    for (String problem : problems) {
      entry.writeUTF(problem);
    }
    entry.writeInt(text.length);
    entry.write(text);
    entry.writeLong(length);
    entry.writeUTF(sha256);
    writer.entryDone();
  }

  /** Reads one entry of a page. */
  public static QuarantineEntry read(DataInputStream entries) throws IOException {
    int load = entries.readInt();
    long record = entries.readLong();
    int count = entries.readShort();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      problems.add(entries.readUTF());
    }
    byte[] text = entries.readNBytes(entries.readInt());
    return new QuarantineEntry(load, record, problems, text, entries.readLong(), entries.readUTF());
  }
}
