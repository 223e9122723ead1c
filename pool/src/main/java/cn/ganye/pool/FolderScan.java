package cn.ganye.pool;

import cn.ganye.engine.Durable;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.pool.source.Formats;
import cn.ganye.pool.source.SourceFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks through the folder that files come to. A file that stands as it stood at the look before —
 * same place on the disk, same size, same times of its last changes — is not read again: years of
 * months lie there, and one more month is a few of them.
 *
 * <p>What was seen is kept in {@code scan.json} of the pool. It is a convenience: where it is
 * missing or cannot be read, or another build of Ganye wrote it, every file is read.
 */
final class FolderScan {
  /** A file that changed so shortly before the look may change again at the same time. */
  private static final Duration TICK = Duration.ofSeconds(3);

  private static final JsonMapper JSON = new JsonMapper();

  private final Path in;
  private final PoolFolder pool;
  private final Instant now;
  private final String program;

  /**
   * A scan.
   *
   * @param in the folder
   * @param now by the clock that gives files their times, at the beginning or before
   */
  FolderScan(Path in, PoolFolder pool, Instant now) throws IOException {
    this.in = in.toRealPath();
    this.pool = pool;
    this.now = now;
    this.program = program();
  }

  /** Hears of each file that was looked at. */
  @FunctionalInterface
  interface Listener {
    /** So many of so many files were looked at. */
    void scanned(String file, int done, int of);
  }

  /** What is kept: by file, with the program that saw it, and the folder that it looked through. */
  private record Memory(String program, String folder, Map<String, Seen> files) {}

  /** A file as it stood, and the tables that were found in it. */
  private record Seen(String stand, List<Table> tables) {}

  /** {@link SourceFile} without the file. */
  private record Table(String path, List<String> within, long bytes, String sha256) {
    static Table of(SourceFile table) {
      return new Table(table.path(), table.within(), table.bytes(), table.sha256());
    }

    SourceFile in(Path file) {
      return new SourceFile(path, file, within, bytes, sha256);
    }
  }

  /** Every table of the folder with its hash, by path. */
  Map<String, SourceFile> tables(int threads, Listener listener) throws Exception {
    List<Path> files = SourceFolder.files(in, pool.root());
    Map<String, Seen> before = remembered();
    Map<String, Seen> seen = new TreeMap<>();
    Map<String, SourceFile> present = new LinkedHashMap<>();
    try (ExecutorService readers = Executors.newFixedThreadPool(threads)) {
      List<Future<Seen>> looks = new ArrayList<>();
      for (Path file : files) {
        looks.add(readers.submit(() -> look(file, before.get(relative(file)))));
      }
      for (int i = 0; i < files.size(); i++) {
        Path file = files.get(i);
        Seen look = looks.get(i).get();
        look.tables().forEach(table -> present.put(table.path(), table.in(file)));
        if (!look.stand().isEmpty()) {
          seen.put(relative(file), look);
        }
        listener.scanned(relative(file), i + 1, files.size());
      }
    }
    if (!seen.equals(before)) {
      Durable.write(memory(), JSON.writeValueAsBytes(new Memory(program, in.toString(), seen)));
    }
    return present;
  }

  private Seen look(Path file, @Nullable Seen before) throws IOException {
    String stand = stand(file);
    if (before != null && before.stand().equals(stand)) {
      return before;
    }
    List<Table> tables = Formats.tables(relative(file), file).stream().map(Table::of).toList();
    return new Seen(stand, tables);
  }

  /**
   * Where the file lies, how large it is and when it was changed; empty where that would not tell
   * it from a file changed since.
   */
  private String stand(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return "";
    }
    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
    FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
    FileTime modified = is.lastModifiedTime();
    FileTime settled = FileTime.from(now.minus(TICK));
    if (changed.compareTo(settled) > 0 || modified.compareTo(settled) > 0) {
      return "";
    }
    return is.fileKey() + " " + is.size() + " " + modified + " " + changed;
  }

  private String relative(Path file) {
    return in.relativize(file).toString().replace('\\', '/');
  }

  private Path memory() {
    return pool.root().resolve("scan.json");
  }

  private Map<String, Seen> remembered() {
    try {
      Memory memory = JSON.readValue(memory().toFile(), Memory.class);
      return program.equals(memory.program()) && in.toString().equals(memory.folder())
          ? memory.files()
          : Map.of();
    } catch (JacksonException e) {
      return Map.of();
    }
  }

  /** The build of Ganye that runs: another one may take files apart in another way. */
  private static String program() throws IOException {
    try {
      Path code =
          Path.of(FolderScan.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code + " " + Files.getLastModifiedTime(code);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
