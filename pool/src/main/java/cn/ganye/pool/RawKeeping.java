package cn.ganye.pool;

import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.lake.RawFiles;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.pool.source.Formats;
import cn.ganye.pool.source.SourceFile;
import java.io.IOException;
import java.io.InterruptedIOException;
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
import java.util.SortedMap;
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
   * Begins to bundle the files of loads, each file once, among what is staged, while the build goes
   * on.
   *
   * @param sources that the loads were taken from, by path
   * @param today the day from which the time is counted for which they are kept
   * @param days for which they are kept; 0 for not at all
   */
  Packing begin(List<Load> loads, Map<String, SourceFile> sources, LocalDate today, int days)
      throws IOException {
    Map<Path, List<Load>> files = new LinkedHashMap<>();
    for (Load load : loads) {
      SourceFile source = sources.get(load.file());
      if (days > 0 && source != null && load.duplicateOf() == 0 && readable(load)) {
        files.computeIfAbsent(source.file(), _ -> new ArrayList<>()).add(load);
      }
    }
    Map<Integer, String> kept = new HashMap<>();
    Map<String, SortedMap<String, Path>> bundles = new LinkedHashMap<>();
    String name = "";
    long bytes = BUNDLE;
    for (Map.Entry<Path, List<Load>> file : files.entrySet()) {
      Load first = file.getValue().getFirst();
      if (bytes >= BUNDLE) {
        name = String.format(Locale.ROOT, "raw/%s/load-%06d.sealed", today, first.load());
        bytes = 0;
      }
      bundles
          .computeIfAbsent(name, _ -> new TreeMap<>())
          .put(Formats.path(first.file())[0], file.getKey());
      for (Load load : file.getValue()) {
        kept.put(load.load(), name);
      }
      bytes += Files.size(file.getKey());
    }
    return new Packing(
        loads.stream().map(load -> load.keptIn(kept.get(load.load()))).toList(), bundles);
  }

  /** Bundles being written. Without {@link #end} before it is closed they are given up. */
  final class Packing implements AutoCloseable {
    private final List<Load> loads;
    private final ExecutorService packer = Executors.newSingleThreadExecutor();
    private final Future<?> packed;

    private Packing(List<Load> loads, Map<String, SortedMap<String, Path>> bundles) {
      this.loads = loads;
      this.packed =
          packer.submit(
              () -> {
                for (Map.Entry<String, SortedMap<String, Path>> bundle : bundles.entrySet()) {
                  write(bundle.getKey(), bundle.getValue());
                }
                return null;
              });
    }

    /**
     * The loads, each with the bundle that will have its file; one with the bytes of another load,
     * or refused for what no contract can mend, has none.
     */
    List<Load> loads() {
      return loads;
    }

    private void write(String name, SortedMap<String, Path> files) throws IOException {
      try (RawFiles.Bundle bundle = new RawFiles.Bundle(vault, folder.staging().resolve(name))) {
        for (Map.Entry<String, Path> file : files.entrySet()) {
          if (Thread.interrupted()) {
            throw new InterruptedIOException("given up");
          }
          bundle.add(file.getKey(), file.getValue());
        }
      }
    }

    /** Waits for the last bundle; what hindered one is thrown. */
    void end() throws Exception {
      packed.get();
    }

    @Override
    public void close() {
      packer.shutdownNow();
      packer.close();
    }
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
