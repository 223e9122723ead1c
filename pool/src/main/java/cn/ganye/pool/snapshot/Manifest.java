package cn.ganye.pool.snapshot;

import cn.ganye.engine.Hashes;
import cn.ganye.pool.lake.Load;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
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
 * @param undone what was taken in and does not count: its rows may lie in files of the lake beside
 *     those of others
 * @param identities sealed segments with the keys given so far, in order, relative to the pool
 * @param contradictions sealed file of the records that contradict each other, relative to the
 *     pool; null if there are none
 * @param directory names and numbers of enterprises, relative to the pool; null if there are none
 * @param number of publications of the pool up to this one; 0 of what was never in force, and in
 *     manifests of earlier versions
 * @param published ISO day on which it was; null likewise
 */
public record Manifest(
    String snapshot,
    int firstMonth,
    int lastMonth,
    String rules,
    List<MartFile> marts,
    List<Load> loads,
    List<Load> undone,
    List<String> identities,
    @Nullable String contradictions,
    @Nullable String directory,
    int number,
    @Nullable String published) {
  /** Manifests of earlier versions know of nothing undone. */
  public Manifest {
    undone = Objects.requireNonNullElse(undone, List.of());
  }

  /** Of a pool in which nothing was published yet. */
  public static final Manifest NOTHING =
      new Manifest("", 0, 0, "", List.of(), List.of(), List.of(), List.of(), null, null, 0, null);

  /**
   * One file of one mart.
   *
   * @param content fingerprint of its rows, whatever their order; null in manifests of earlier
   *     versions
   */
  public record MartFile(
      String mart,
      String partition,
      String file,
      String sha256,
      long rows,
      @Nullable String content) {}

  /** The files that it consists of, relative to the pool. */
  public Set<String> files() {
    Set<String> files = new LinkedHashSet<>(identities);
    marts.forEach(mart -> files.add(mart.file()));
    Stream.concat(
            Stream.of(contradictions, directory),
            loads.stream()
                .flatMap(
                    load -> Stream.of(load.lake(), load.quarantine(), load.vault(), load.raw())))
        .filter(Objects::nonNull)
        .forEach(files::add);
    return files;
  }

  /** The number that the next file gets: never one that was given before. */
  public int nextLoad() {
    return Stream.concat(loads.stream(), undone.stream()).mapToInt(Load::load).max().orElse(0) + 1;
  }

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
