package cn.ganye.pool;

import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a build is to do.
 *
 * @param in folder of files
 * @param pool folder of the pool
 * @param documents folder with more contracts and steps; null for none
 * @param home two digits of the home province
 * @param today arrival day of files that do not say when they were sent
 * @param memory bytes that the engine may hold
 * @param threads for parsing and for the engine
 */
public record BuildOptions(
    Path in,
    Path pool,
    @Nullable Path documents,
    String home,
    LocalDate today,
    long memory,
    int threads) {
  /** The same with a folder of more documents. */
  public BuildOptions with(@Nullable Path more) {
    return new BuildOptions(in, pool, more, home, today, memory, threads);
  }

  /** The usual: home province 36, half of the machine's memory, all its cores. */
  public static BuildOptions of(Path in, Path pool, LocalDate today) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new BuildOptions(in, pool, null, "36", today, Memory.machine() / 2, threads);
  }
}
