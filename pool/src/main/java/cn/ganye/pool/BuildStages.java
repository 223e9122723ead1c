package cn.ganye.pool;

import cn.ganye.engine.Cluster;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a build stands, and how long each stage and step took. */
final class BuildStages {
  private final BuildListener listener;
  private final Map<BuildStage, Double> seconds = new EnumMap<>(BuildStage.class);
  private final Map<String, Double> stepSeconds = new LinkedHashMap<>();
  private Cluster.@Nullable Used cluster;
  private long start;
  private BuildStage stage = BuildStage.SCAN;

  BuildStages(BuildListener listener) {
    this.listener = listener;
  }

  /** Ends the stage before, if there was one, and begins another. */
  void enter(BuildStage next) {
    if (start != 0) {
      leave();
    }
    stage = next;
    start = System.nanoTime();
    listener.stage(next);
  }

  /** Ends the stage. */
  void leave() {
    seconds.merge(stage, (System.nanoTime() - start) / 1e9, Double::sum);
  }

  /** Within the stage: so much of so much is done, with so many rows. */
  void progress(String what, long done, long of, long rows) {
    listener.progress(stage, what, done, of, rows);
  }

  /** A step is done, and took so long. */
  void step(String name, double took) {
    stepSeconds.put(name, took);
  }

  /** What a cluster did for it. */
  void cluster(Cluster.Used used) {
    cluster = used;
  }

  BuildReport.Took took() {
    return new BuildReport.Took(seconds, stepSeconds, cluster);
  }
}
