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
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
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
   * Begins to bundle the files of loads among what is staged, each as its load is entered, while
   * the build goes on.
   *
   * @param sources that the loads are taken from, by path
   * @param today the day from which the time is counted for which they are kept
   * @param days for which they are kept; 0 for not at all
   */
  Packing begin(Map<String, SourceFile> sources, LocalDate today, int days) {
    return new Packing(sources, today, days);
  }

  /** Bundles being written. Without {@link #end} before it is closed they are given up. */
  final class Packing implements AutoCloseable {
    private final Map<String, SourceFile> sources;
    private final LocalDate today;
    private final int days;
    private final ExecutorService packer = Executors.newSingleThreadExecutor();
    private final Queue<Future<?>> packing = new ArrayDeque<>();
    private final Map<Path, String> bundles = new HashMap<>();

    /** The bundle that files are added to, and their bytes. */
    private String name = "";

    private long bytes = BUNDLE;

    /** The packer's: the bundle that it writes. */
    private @Nullable Open open;

    private record Open(String name, RawFiles.Bundle bundle) {}

    private Packing(Map<String, SourceFile> sources, LocalDate today, int days) {
      this.sources = sources;
      this.today = today;
      this.days = days;
    }

    /**
     * Has the file of a load packed, each file once. What has hindered the packing of one before is
     * thrown.
     *
     * @return the load with the bundle that will have its file; one with the bytes of another load,
     *     or refused for what no contract can mend, has none
     */
    Load keep(Load load) throws IOException {
      SourceFile source = sources.get(load.file());
      if (days <= 0 || source == null || load.duplicateOf() != 0 || !readable(load)) {
        return load;
      }
      for (Future<?> next = packing.peek(); next != null && next.isDone(); next = packing.peek()) {
        end(packing.remove());
      }
      Path file = source.file();
      if (!bundles.containsKey(file)) {
        if (bytes >= BUNDLE) {
          name = String.format(Locale.ROOT, "raw/%s/load-%06d.sealed", today, load.load());
          bytes = 0;
        }
        bytes += Files.size(file);
        bundles.put(file, name);
        String into = name;
        packing.add(packer.submit(() -> pack(into, Formats.path(load.file())[0], file)));
      }
      return load.keptIn(bundles.get(file));
    }

    private @Nullable Void pack(String into, String path, Path file) throws IOException {
      Open writing = open;
      if (writing == null || !writing.name().equals(into)) {
        finish();
        writing = new Open(into, new RawFiles.Bundle(vault, folder.staging().resolve(into)));
        open = writing;
      }
      writing.bundle().add(path, file);
      return null;
    }

    private void finish() throws IOException {
      Open written = open;
      open = null;
      if (written != null) {
        written.bundle().close();
      }
    }

    /** Waits for the last bundle; what hindered one is thrown. */
    void end() throws IOException {
      for (Future<?> file : packing) {
        end(file);
      }
      finish();
    }

    private static void end(Future<?> file) throws IOException {
      try {
        file.get();
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case IOException own -> throw own;
          case RuntimeException own -> throw own;
          case null, default -> throw new IllegalStateException(e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }

    @Override
    public void close() throws IOException {
      packer.shutdownNow();
      packer.close();
      finish();
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
