package cn.ganye.pool;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Tells a full disk from other failures: the system says so in words alone. */
public final class DiskFull {
  private static final String NO_SPACE = "No space left on device";
  private static final String NO_QUOTA = "Disk quota exceeded";

  /** DuckDB's words when there is no room for what its memory does not hold. */
  private static final String NO_ROOM_TO_SPILL = "failed to offload data block";

  private DiskFull() {}

  /** Whether a failure, or what led to it, is that a disk is full. */
  public static boolean is(Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      String message = String.valueOf(one.getMessage());
      if (Stream.of(NO_SPACE, NO_QUOTA, NO_ROOM_TO_SPILL).anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }

  /** The failure itself, or in its place what to do about a full disk. */
  static Exception or(Exception failure, Path pool) {
    return is(failure)
        ? PoolProblem.work(
            "disk-full",
            pool.toString(),
            "the disk is full",
            "make room and run this again: the old snapshot is in force and nothing of it is lost")
        : failure;
  }
}
