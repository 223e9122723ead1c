package cn.ganye.pool;

import java.nio.file.Path;
import java.util.List;

/** Tells a full or failing disk from other failures: the system says so in words alone. */
public final class DiskTrouble {
  /** The last is DuckDB's, when there is no room for what its memory does not hold. */
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded", "failed to offload data block");

  private static final List<String> FAILING = List.of("Input/output error");

  private DiskTrouble() {}

  /** Whether a failure, or what led to it, is that a disk is full. */
  public static boolean isFull(Throwable failure) {
    return says(failure, FULL);
  }

  /** Whether a failure, or what led to it, is that a disk cannot be read or written. */
  public static boolean isFailing(Throwable failure) {
    return says(failure, FAILING);
  }

  private static boolean says(Throwable failure, List<String> words) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      String message = String.valueOf(one.getMessage());
      if (words.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }

  /** The failure itself, or in its place what to do about the disk. */
  static Exception or(Exception failure, Path pool) {
    if (isFull(failure)) {
      return PoolProblem.work(
          "disk-full",
          pool.toString(),
          "the disk is full",
          "make room and run this again: the old snapshot is in force and nothing of it is lost");
    }
    if (isFailing(failure) && !(failure instanceof PoolProblem)) {
      return PoolProblem.work(
          "disk-failing",
          pool.toString(),
          "the disk cannot be read or written: " + failure.getMessage(),
          "run this again; if it stays so, restore the last backup onto another disk (./ganye pool restore). The old snapshot is in force");
    }
    return failure;
  }
}
