package cn.ganye.pool;

import cn.ganye.engine.Cluster;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.Supplier;
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
 * @param keepRaw days for which files are kept as they were sent; 0 for not at all
 * @param cluster opens the machines that derive and check; null for this process
 */
public record BuildOptions(
    Path in,
    Path pool,
    @Nullable Path documents,
    String home,
    LocalDate today,
    long memory,
    int threads,
    int keepRaw,
    @Nullable Supplier<Cluster> cluster) {
  /** Three years, as long as the ends of months. */
  private static final int USUAL_DAYS = 3 * 366;

  /** The same with a folder of more documents. */
  public BuildOptions with(@Nullable Path more) {
    return new BuildOptions(in, pool, more, home, today, memory, threads, keepRaw, cluster);
  }

  /** The same with files kept for so many days. */
  public BuildOptions keeping(int days) {
    return new BuildOptions(in, pool, documents, home, today, memory, threads, days, cluster);
  }

  /** The same, derived and checked on a cluster. */
  public BuildOptions on(@Nullable Supplier<Cluster> machines) {
    return new BuildOptions(in, pool, documents, home, today, memory, threads, keepRaw, machines);
  }

  /** The usual: home province 36, half of the machine's memory, all its cores. */
  public static BuildOptions of(Path in, Path pool, LocalDate today) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new BuildOptions(
        in, pool, null, "36", today, Memory.machine() / 2, threads, USUAL_DAYS, null);
  }
}
