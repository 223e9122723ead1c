package cn.ganye.pool;

import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.lake.RawFiles;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.pool.source.Formats;
import cn.ganye.pool.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Keeps files as they were sent, so that a contract that has changed can be applied to them again,
 * for as long as the settings say.
 */
final class RawKeeping {
  /** Bytes of files in one bundle, about. */
  private static final long BUNDLE = 64 << 20;

  private final PoolFolder folder;
  private final Vault vault;

  RawKeeping(PoolFolder folder, Vault vault) {
    this.folder = folder;
    this.vault = vault;
  }

  /**
   * Bundles the files of loads, each file once, among what is staged.
   *
   * @param sources that the loads were taken from, by path
   * @param today the day from which the time is counted for which they are kept
   * @return the loads, each with the bundle that has its file; one with the bytes of another load,
   *     or refused for what no contract can mend, has none
   */
  List<Load> keep(List<Load> loads, Map<String, SourceFile> sources, LocalDate today, int threads)
      throws Exception {
    Map<Path, List<Load>> files = new LinkedHashMap<>();
    for (Load load : loads) {
      SourceFile source = sources.get(load.file());
      if (source != null && load.duplicateOf() == 0 && readable(load)) {
        files.computeIfAbsent(source.file(), _ -> new ArrayList<>()).add(load);
      }
    }
    Map<Integer, String> kept = new HashMap<>();
    try (ExecutorService packers = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> bundles = new ArrayList<>();
      Map<String, Path> bundle = new LinkedHashMap<>();
      String name = "";
      long bytes = 0;
      for (Map.Entry<Path, List<Load>> file : files.entrySet()) {
        Load first = file.getValue().getFirst();
        if (bundle.isEmpty()) {
          name = String.format(Locale.ROOT, "raw/%s/load-%06d.sealed", today, first.load());
        }
        bundle.put(Formats.path(first.file())[0], file.getKey());
        for (Load load : file.getValue()) {
          kept.put(load.load(), name);
        }
        bytes += Files.size(file.getKey());
        if (bytes >= BUNDLE) {
          bundles.add(pack(packers, name, Map.copyOf(bundle)));
          bundle.clear();
          bytes = 0;
        }
      }
      if (!bundle.isEmpty()) {
        bundles.add(pack(packers, name, Map.copyOf(bundle)));
      }
      for (Future<?> packed : bundles) {
        packed.get();
      }
    }
    return loads.stream().map(load -> load.keptIn(kept.get(load.load()))).toList();
  }

  private Future<?> pack(ExecutorService packers, String name, Map<String, Path> files) {
    return packers.submit(
        () -> {
          try (RawFiles.Bundle bundle =
              new RawFiles.Bundle(vault, folder.staging().resolve(name))) {
            for (Map.Entry<String, Path> file : new TreeMap<>(files).entrySet()) {
              bundle.add(file.getKey(), file.getValue());
            }
          }
          return null;
        });
  }

  /** Whether a contract, this one or a changed one, could read the file. */
  private static boolean readable(Load load) {
    return load.refused() == null || Reapplication.MENDABLE.contains(load.refused());
  }

  /** Lets go of the files that came more than so many days ago. */
  static List<Load> within(List<Load> loads, int days, LocalDate today) {
    return loads.stream()
        .map(
            load ->
                load.raw() == null || came(load.raw()).plusDays(days).isAfter(today)
                    ? load
                    : load.keptIn(null))
        .toList();
  }

  private static LocalDate came(String bundle) {
    return LocalDate.parse(bundle.split("/")[1]);
  }

  /**
   * Unpacks the files of loads for the while of a build.
   *
   * @return their tables by the number of the load; without those whose file is not kept
   */
  Map<Integer, SourceFile> unpack(Collection<Load> loads) throws IOException {
    Map<String, Set<String>> wanted = new TreeMap<>();
    for (Load load : loads) {
      String bundle = load.raw();
      if (bundle != null) {
        wanted.computeIfAbsent(bundle, _ -> new TreeSet<>()).add(Formats.path(load.file())[0]);
      }
    }
    Map<String, Map<String, SourceFile>> tables = new HashMap<>();
    for (Map.Entry<String, Set<String>> bundle : wanted.entrySet()) {
      Path into = folder.spill().resolve(bundle.getKey());
      RawFiles.unpack(vault, folder.root().resolve(bundle.getKey()), bundle.getValue(), into);
      Map<String, SourceFile> found = new HashMap<>();
      for (String path : bundle.getValue()) {
        Formats.tables(path, into.resolve(path)).forEach(table -> found.put(table.path(), table));
      }
      tables.put(bundle.getKey(), found);
    }
    Map<Integer, SourceFile> unpacked = new TreeMap<>();
    for (Load load : loads) {
      SourceFile table = of(tables.get(load.raw()), load.file());
      if (table != null) {
        unpacked.put(load.load(), table);
      }
    }
    return unpacked;
  }

  private static @Nullable SourceFile of(@Nullable Map<String, SourceFile> tables, String file) {
    return tables == null ? null : tables.get(file);
  }
}
