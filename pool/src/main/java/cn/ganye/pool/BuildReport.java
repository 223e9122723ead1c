package cn.ganye.pool;

import cn.ganye.engine.Cluster;
import cn.ganye.pool.snapshot.Manifest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a build did.
 *
 * @param changed whether a new snapshot was published
 * @param newFiles files taken in or refused by this build
 * @param records records of these files
 * @param took what it took
 */
public record BuildReport(
    Manifest manifest, boolean changed, int newFiles, long records, Took took) {
  /**
   * What a build took.
   *
   * @param seconds of each stage
   * @param stepSeconds of each derivation step
   * @param cluster what it did; null if the steps ran in this process
   */
  public record Took(
      Map<BuildStage, Double> seconds,
      Map<String, Double> stepSeconds,
      Cluster.@Nullable Used cluster) {}

  /** Files of the pool that were refused whole. */
  public long filesRefused() {
    return manifest.loads().stream().filter(load -> load.refused() != null).count();
  }
}
