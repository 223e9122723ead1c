package cn.ganye.pool.lake;

import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One file taken in, or refused whole.
 *
 * @param load number in canonical order; never a clock or a random value
 * @param file path relative to the folder
 * @param dataset id of the contract; empty if none was recognised
 * @param region six digits of the sender's region; 0 if the file name says none
 * @param period yyyymm; 0 if the file name says none
 * @param knownFrom yyyymmdd: the day it was sent
 * @param records data records found
 * @param refusals records refused at intake, by their first reason
 * @param warnings records that fail a check which only warns
 * @param refused reason for which the whole file was refused; null if it was taken in
 * @param detail what exactly led to that, in words; null if it was taken in
 * @param duplicateOf load with the same bytes under another path; 0 if none
 * @param lake file that holds its accepted rows, among those of other loads, relative to the pool;
 *     null if none
 * @param quarantine sealed file that holds its refused records; null if none
 * @param vault sealed file that holds its vault text; null if none
 * @param contract fingerprint of the contract by which its file was read; null if by none
 * @param raw sealed bundle that holds the file as it was sent, relative to the pool; null if it is
 *     not kept
 * @param content what its accepted rows hold; null if it has none, and in manifests of earlier
 *     versions
 */
public record Load(
    int load,
    String file,
    String sha256,
    String dataset,
    int region,
    int period,
    int knownFrom,
    long records,
    Map<String, Long> refusals,
    long warnings,
    @Nullable String refused,
    @Nullable String detail,
    int duplicateOf,
    @Nullable String lake,
    @Nullable String quarantine,
    @Nullable String vault,
    @Nullable String contract,
    @Nullable String raw,
    @Nullable Content content) {

  /**
   * What rows of the lake hold.
   *
   * @param cells of columns that the lake keeps
   * @param filled of them, those that are not empty
   * @param months rows by the month that they belong to, yyyymm; of a dataset with periods
   */
  public record Content(long cells, long filled, SortedMap<Integer, Long> months) {}

  /** The same load, with its file kept in a bundle, or not kept. */
  public Load keptIn(@Nullable String bundle) {
    return new Load(
        load,
        file,
        sha256,
        dataset,
        region,
        period,
        knownFrom,
        records,
        refusals,
        warnings,
        refused,
        detail,
        duplicateOf,
        lake,
        quarantine,
        vault,
        contract,
        bundle,
        content);
  }

  /** Records refused at intake. */
  public long quarantined() {
    return refusals.values().stream().mapToLong(Long::longValue).sum();
  }
}
