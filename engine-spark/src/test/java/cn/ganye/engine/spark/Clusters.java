package cn.ganye.engine.spark;

import cn.ganye.engine.Cluster;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Clusters as tests open them. */
final class Clusters {
  /** Spark's own folder, with its {@code jars}. */
  static final Path SPARK = Path.of("target", "spark").toAbsolutePath();

  /** Of an executor. */
  static final String MEMORY = "600m";

  /** What a JVM gets that is over before optimising its code would pay. */
  static final List<String> BRIEF = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** Nothing begins before both Workers have an executor. */
  static final Map<String, String> BOTH =
      Map.of(
          "spark.cores.max",
          "2",
          "spark.scheduler.minRegisteredResourcesRatio",
          "1",
          "spark.scheduler.maxRegisteredResourcesWaitingTime",
          "5min");

  /** Spark interprets its plans, where else it compiles a class for each. */
  static final Map<String, String> INTERPRETED =
      Map.of(
          "spark.sql.codegen.wholeStage", "false", "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private Clusters() {}

  /** In this process, with its plans looked at. */
  static Cluster local(String storage, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("spark.sql.shuffle.partitions", "2");
    settings.put("spark.sql.queryExecutionListeners", Plans.class.getName());
    return open("local[2]", storage, settings);
  }

  /** With executors of Workers, whose tasks {@link Strike} sees. */
  static Cluster standalone(String master, String storage, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("spark.executor.memory", MEMORY);
    settings.put("spark.executor.extraJavaOptions", String.join(" ", BRIEF));
    settings.putIfAbsent("spark.sql.shuffle.partitions", "8");
    // What all executors have failed at is given up at once, not after two minutes.
    settings.put("spark.scheduler.excludeOnFailure.unschedulableTaskSetTimeout", "1s");
    settings.put("spark.extraListeners", Strike.Tasks.class.getName());
    return open(master, storage, settings);
  }

  private static Cluster open(String master, String storage, Map<String, String> settings) {
    settings.put("spark.driver.host", "127.0.0.1");
    return Cluster.provider().orElseThrow().open(new Cluster.Settings(master, storage, settings));
  }
}
