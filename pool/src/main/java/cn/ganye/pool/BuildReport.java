package cn.ganye.pool;

import cn.ganye.pool.snapshot.Manifest;
import java.util.Map;

/**
 * What a build did.
 *
 * @param changed whether a new snapshot was published
 * @param newFiles files taken in or refused by this build
 * @param records records of these files
 * @param seconds of each stage
 * @param stepSeconds of each derivation step
 */
public record BuildReport(
    Manifest manifest,
    boolean changed,
    int newFiles,
    long records,
    Map<BuildStage, Double> seconds,
    Map<String, Double> stepSeconds) {
  /** Files of the pool that were refused whole. */
  public long filesRefused() {
    return manifest.loads().stream().filter(load -> load.refused() != null).count();
  }
}
