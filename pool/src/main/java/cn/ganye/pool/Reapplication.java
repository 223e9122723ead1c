package cn.ganye.pool;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.intake.Intake;
import cn.ganye.pool.intake.RefusalReason;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.source.SourceFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files that are read once more, from what is kept of them, because their contract has changed
 * since, or has learnt to understand them.
 */
public final class Reapplication {
  /** Reasons of a refusal that a contract can mend. */
  static final Set<String> MENDABLE =
      Stream.of(RefusalReason.UNKNOWN_DATASET, RefusalReason.MISSING_COLUMN)
          .map(RefusalReason::code)
          .collect(Collectors.toUnmodifiableSet());

  private final List<Load> before;
  private final List<Load> replaced = new ArrayList<>();
  private final Map<String, Load> byFile = new HashMap<>();
  private final List<SourceFile> originals = new ArrayList<>();
  private final List<SourceFile> copies = new ArrayList<>();

  /**
   * @param unpacked tables of the loads that are due, by the number of the load
   */
  Reapplication(Manifest before, Contracts contracts, Map<Integer, SourceFile> unpacked) {
    this.before = before.loads();
    Map<Integer, SourceFile> again = new TreeMap<>(unpacked);
    for (Load load : before.loads()) {
      SourceFile table = again.get(load.load());
      if (table != null && load.refused() != null && !Intake.understands(table, contracts)) {
        again.remove(load.load());
      }
    }
    for (Load load : before.loads()) {
      SourceFile own = again.get(load.load());
      SourceFile twin = again.get(load.duplicateOf());
      if (own != null) {
        originals.add(own);
      } else if (twin != null) {
        copies.add(
            new SourceFile(load.file(), twin.file(), twin.within(), twin.bytes(), twin.sha256()));
      } else {
        continue;
      }
      replaced.add(load);
      byFile.put(file(load.file(), load.sha256()), load);
    }
  }

  /**
   * Loads that were read by another contract than the one in force, or refused as not understood.
   *
   * @param datasets whose loads are due whether their contract has changed or not
   */
  public static List<Load> due(Manifest manifest, Contracts contracts, Set<String> datasets) {
    return manifest.loads().stream()
        .filter(load -> load.duplicateOf() == 0)
        .filter(
            load ->
                datasets.contains(load.dataset())
                    || (load.refused() == null
                        ? changed(load, contracts)
                        : MENDABLE.contains(load.refused())))
        .toList();
  }

  /** Whether a load was read by another contract than the one in force. */
  public static boolean changed(Load load, Contracts contracts) {
    String by = load.contract();
    return by != null
        && contracts
            .find(load.dataset())
            .filter(contract -> !contracts.fingerprint(contract).equals(by))
            .isPresent();
  }

  /** Tables to be read first: each has bytes of its own. */
  List<SourceFile> originals() {
    return originals;
  }

  /** Tables with the bytes of one of the originals, to be entered after them. */
  List<SourceFile> copies() {
    return copies;
  }

  /** Loads whose place the new ones take. */
  List<Load> replaced() {
    return replaced;
  }

  /** Loads that stay as they are. */
  List<Load> staying() {
    Set<Integer> numbers = replaced.stream().map(Load::load).collect(Collectors.toSet());
    return before.stream().filter(load -> !numbers.contains(load.load())).toList();
  }

  /** The day that counts for when a table came: the one of the load that it replaces. */
  LocalDate arrived(SourceFile table) {
    int day = old(table.path(), table.sha256()).knownFrom();
    return LocalDate.of(day / 10_000, day / 100 % 100, day % 100);
  }

  /** New loads, with their files still in the bundles of those that they replace. */
  List<Load> kept(List<Load> taken) {
    return taken.stream().map(load -> load.keptIn(old(load.file(), load.sha256()).raw())).toList();
  }

  /** A file is known by its path and its bytes: a later one may have come under the same path. */
  private static String file(String path, String sha256) {
    return path + '\t' + sha256;
  }

  private Load old(String path, String sha256) {
    Load load = byFile.get(file(path, sha256));
    if (load == null) {
      throw new IllegalArgumentException("no load of " + path);
    }
    return load;
  }
}
