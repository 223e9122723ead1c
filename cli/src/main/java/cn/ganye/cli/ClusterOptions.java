package cn.ganye.cli;

import cn.ganye.engine.Cluster;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.snapshot.PoolFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which machines derive. */
final class ClusterOptions {
  /** What runs the steps. */
  enum StepRunner {
    /** This process. */
    DUCKDB,
    /** Apache Spark. */
    SPARK
  }

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "duckdb",
      description = "What derives and checks the marts: duckdb (this process) or spark.")
  StepRunner runner = StepRunner.DUCKDB;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "The Spark master: spark://HOST:7077, yarn, k8s://URL, or local[N] (the default, N threads here).")
  @Nullable String master;

  @Option(
      names = "--storage",
      paramLabel = "URL",
      description =
          "Folder that all machines of the cluster reach, for the tables on the way: hdfs://…, s3a://…, or a shared path (default: below the pool).")
  @Nullable String storage;

  @Option(
      names = "--spark",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, spark.executor.memory=8g say; as many as are needed.")
  Map<String, String> settings = new LinkedHashMap<>();

  /**
   * Opens the cluster that was asked for; null if none was.
   *
   * @throws ParameterException if a cluster's options are given without it
   * @throws PoolProblem if the class path holds no cluster
   */
  @Nullable Supplier<Cluster> of(Path pool, CommandLine command) {
    if (runner == StepRunner.DUCKDB) {
      if (master != null || storage != null || !settings.isEmpty()) {
        throw new ParameterException(
            command, "--master, --storage and --spark belong to --engine spark");
      }
      return null;
    }
    Cluster.Provider provider =
        Cluster.provider()
            .orElseThrow(
                () ->
                    PoolProblem.use(
                        "cluster-missing",
                        "--engine spark",
                        "Spark is not on the class path",
                        "start with ./ganye, which puts it there"));
    Cluster.Settings given =
        new Cluster.Settings(
            master == null ? "local[*]" : master,
            storage == null ? new PoolFolder(pool).spill().toAbsolutePath().toString() : storage,
            settings);
    return () -> provider.open(given);
  }
}
