package cn.ganye.pool.snapshot;

import cn.ganye.engine.Durable;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.identity.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of a pool: {@code CURRENT} names the snapshot in force, {@code snapshots/ID.json} is
 * its manifest. What no manifest names is rubbish of a build that did not finish, and is swept.
 */
public final class PoolFolder {
  /** Where the files lie that manifests name. */
  static final List<String> BY_MANIFEST =
      List.of("marts", "lake", "quarantine", "vault/text", "vault/identities", "directory", "raw");

  /** Where the files lie that the vault's key seals. */
  public static final List<String> SEALED =
      List.of("quarantine", "vault/text", "vault/identities", "raw");

  /** Manifests of earlier versions lack numbers. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private final Path root;

  /** What {@link #write} wrote last: need not be read to be known. */
  private volatile Manifest written = Manifest.NOTHING;

  /** A pool at a folder, which need not exist yet. */
  public PoolFolder(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** Where a build puts its files before they are published. */
  public Path staging() {
    return root.resolve("staging");
  }

  /** Where a file of the ledger lies: among those of this build, or in its place. */
  public Path find(String relative) {
    Path fresh = staging().resolve(relative);
    return Files.exists(fresh) ? fresh : root.resolve(relative);
  }

  /** Where operators spill. */
  public Path spill() {
    return root.resolve("spill");
  }

  /** The vault. */
  public Path vault() {
    return root.resolve("vault");
  }

  /** Takes the lock of builds, noting by its file when; a second build is told so. */
  public FileChannel lock() throws IOException {
    Vault.makePrivate(root);
    FileChannel channel =
        FileChannel.open(root.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw PoolProblem.work(
          "build-running",
          root.toString(),
          "another build is working on this pool",
          "wait until it is done, then run this again");
    }
    channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 0);
    return channel;
  }

  /** The manifest in force; empty if nothing was published yet. */
  public Optional<Manifest> current() {
    return inForce().map(this::manifest);
  }

  /** The id of the snapshot in force; empty if nothing was published yet. */
  public Optional<String> inForce() {
    Path pointer = root.resolve("CURRENT");
    try {
      return Files.exists(pointer)
          ? Optional.of(Files.readString(pointer).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw unreadable(pointer, e);
    }
  }

  /** When the build began that last found the snapshot in force to be up to date. */
  public Instant lookedThrough() {
    try {
      return Files.getLastModifiedTime(root.resolve("CURRENT")).toInstant();
    } catch (NoSuchFileException e) {
      return Instant.EPOCH;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes that the build which holds the lock found the snapshot in force to be up to date. */
  public void lookedThroughNow() throws IOException {
    Files.setLastModifiedTime(root.resolve("CURRENT"), FileTime.from(lockedAt()));
  }

  /** When the lock was taken that is held, by the clock that gives files their times. */
  public Instant lockedAt() throws IOException {
    return Files.getLastModifiedTime(root.resolve("LOCK")).toInstant();
  }

  /** The manifest of a snapshot. */
  public Manifest manifest(String snapshot) {
    Manifest last = written;
    if (last.snapshot().equals(snapshot)) {
      return last;
    }
    Path file = root.resolve("snapshots").resolve(snapshot + ".json");
    try {
      return JSON.readValue(file.toFile(), Manifest.class);
    } catch (JacksonException e) {
      throw unreadable(file, e);
    }
  }

  private static PoolProblem unreadable(Path file, Exception e) {
    String words = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
    return PoolProblem.work(
        "manifest-unreadable",
        file.toString(),
        "the manifest cannot be read: " + words,
        "restore the pool from its backup");
  }

  /** Snapshots that are kept, the newest first. */
  public List<Manifest> snapshots() {
    Path folder = root.resolve("snapshots");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".json"))
          .sorted(Comparator.comparing(PoolFolder::modified).reversed())
          .map(f -> manifest(String.valueOf(f.getFileName()).replace(".json", "")))
          .sorted(Comparator.comparingInt(Manifest::number).reversed())
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /** Hears of each file that has come into its place, or gone. */
  @FunctionalInterface
  public interface Moved {
    /** So many of so many files are done. */
    void file(String file, int done, int of);
  }

  /**
   * Moves everything staged into its place; files of the same name are those of a build that was
   * cut off.
   */
  public void adopt(Moved adopted) throws IOException {
    List<Path> files;
    try (Stream<Path> staged = Files.walk(staging())) {
      files = staged.filter(Files::isRegularFile).toList();
    }
    for (int done = 0; done < files.size(); done++) {
      String name = staging().relativize(files.get(done)).toString();
      Path target = root.resolve(name);
      Path folder = target.getParent();
      if (folder != null) {
        Vault.makePrivate(folder);
      }
      Durable.sync(files.get(done));
      Files.move(
          files.get(done),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      adopted.file(name, done + 1, files.size());
    }
  }

  /**
   * Writes a manifest; nothing points to it yet. Beside it lies the file that readers lock: on a
   * disk that is full they could not make one.
   */
  public void write(Manifest manifest) throws IOException {
    Files.createDirectories(root.resolve("snapshots"));
    Durable.write(
        beside(manifest.snapshot(), "json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    FileChannel.open(
            beside(manifest.snapshot(), "lease"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)
        .close();
    written = manifest;
  }

  /**
   * Keeps a snapshot for good beside the one in force.
   *
   * @return whether there was none with the same marts
   */
  public boolean keepAside(Manifest manifest) throws IOException {
    boolean isNew = !Files.exists(root.resolve("snapshots").resolve(manifest.snapshot() + ".json"));
    if (isNew) {
      write(manifest);
    }
    keep(manifest.snapshot());
    return isNew;
  }

  /** Makes a snapshot the one in force, at once and as a whole. */
  public void swap(String snapshot) throws IOException {
    Durable.write(root.resolve("CURRENT"), (snapshot + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Keeps a snapshot for good: a figure that was closed hangs on it. */
  public void keep(String snapshot) throws IOException {
    Durable.write(beside(snapshot, "keep"), new byte[0]);
  }

  /** Whether a snapshot is kept for good. */
  boolean isKept(String snapshot) {
    return Files.exists(beside(snapshot, "keep"));
  }

  /** A file of a snapshot beside its manifest, which is its file {@code json}. */
  Path beside(String snapshot, String kind) {
    return root.resolve("snapshots").resolve(snapshot + "." + kind);
  }

  /** Empties staging and spill. */
  public void clear() throws IOException {
    delete(staging());
    delete(spill());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
