package cn.ganye.pool.snapshot;

import cn.ganye.engine.Hashes;
import cn.ganye.pool.lake.Load;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one published state of the pool consists of.
 *
 * @param snapshot SHA-256 over the sorted (mart, partition, SHA-256 of file); nothing else has a
 *     part in it
 * @param firstMonth yyyymm, first month of the window
 * @param lastMonth yyyymm, last month of the window
 * @param rules fingerprint of the steps and settings that the marts were derived by
 * @param marts files of the marts, relative to the pool
 * @param loads what was taken in
 * @param identities sealed segments with the keys given so far, in order, relative to the pool
 * @param contradictions sealed file of the records that contradict each other, relative to the
 *     pool; null if there are none
 * @param directory names and numbers of enterprises, relative to the pool; null if there are none
 */
public record Manifest(
    String snapshot,
    int firstMonth,
    int lastMonth,
    String rules,
    List<MartFile> marts,
    List<Load> loads,
    List<String> identities,
    @Nullable String contradictions,
    @Nullable String directory) {
  /** Of a pool in which nothing was published yet. */
  public static final Manifest NOTHING =
      new Manifest("", 0, 0, "", List.of(), List.of(), List.of(), null, null);

  /** One file of one mart. */
  public record MartFile(String mart, String partition, String file, String sha256, long rows) {}

  /** The id that follows from the files of the marts. */
  public static String id(List<MartFile> marts) {
    MessageDigest digest = Hashes.sha256();
    marts.stream()
        .map(m -> m.mart() + '\t' + m.partition() + '\t' + m.sha256() + '\n')
        .sorted()
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    return Hashes.hex(digest);
  }
}
