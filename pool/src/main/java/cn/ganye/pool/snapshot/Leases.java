package cn.ganye.pool.snapshot;

import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Who reads a snapshot holds a lease of it: a shared lock of the operating system on {@code
 * snapshots/ID.lease}, which ends with the process. What is leased is not collected.
 */
public final class Leases {
  /** Of this process: the system knows locks by process, so that each is taken once. */
  private static final Map<Path, Held> HELD = new HashMap<>();

  private Leases() {}

  private static final class Held {
    private final FileChannel channel;
    private int readers;

    private Held(FileChannel channel) {
      this.channel = channel;
    }
  }

  /** A reader's lease. */
  public static final class Lease implements AutoCloseable {
    private final Path file;
    private boolean open = true;

    private Lease(Path file) {
      this.file = file;
    }

    @Override
    public void close() {
      synchronized (HELD) {
        Held held = HELD.get(file);
        if (!open || held == null) {
          return;
        }
        open = false;
        if (--held.readers == 0) {
          HELD.remove(file);
          try {
            held.channel.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
  }

  /**
   * Takes a lease. Where nothing may be written none is needed: nothing is collected either.
   *
   * @throws PoolProblem if the snapshot is not there, or not any more
   */
  public static Lease take(PoolFolder folder, String snapshot) {
    Path file = folder.beside(snapshot, "lease");
    if (!Files.isWritable(folder.root().resolve("snapshots"))) {
      return new Lease(file);
    }
    synchronized (HELD) {
      Held held = HELD.get(file);
      try {
        if (held == null) {
          held = new Held(shared(file));
          HELD.put(file, held);
        }
        held.readers++;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Lease lease = new Lease(file);
    if (!Files.exists(folder.beside(snapshot, "json"))) {
      lease.close();
      throw gone(folder, snapshot);
    }
    return lease;
  }

  private static FileChannel shared(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      channel.lock(0, Long.MAX_VALUE, true);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static PoolProblem gone(PoolFolder folder, String snapshot) {
    return PoolProblem.use(
        "snapshot-gone",
        folder.root().toString(),
        "the snapshot " + snapshot + " is not kept any more",
        "./ganye pool snapshots lists those that are; ask again");
  }

  /**
   * Lets a snapshot go that nobody reads: from then on nobody gets a lease.
   *
   * @return whether it went
   */
  static boolean release(PoolFolder folder, String snapshot) throws IOException {
    Path file = folder.beside(snapshot, "lease");
    synchronized (HELD) {
      if (HELD.containsKey(file)) {
        return false;
      }
      if (!Files.exists(file)) {
        Files.deleteIfExists(folder.beside(snapshot, "json"));
        return true;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        if (lock == null) {
          return false;
        }
        Files.deleteIfExists(folder.beside(snapshot, "json"));
        Files.deleteIfExists(file);
        return true;
      }
    }
  }
}
