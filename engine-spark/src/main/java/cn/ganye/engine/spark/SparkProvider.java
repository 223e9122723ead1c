package cn.ganye.engine.spark;

import cn.ganye.engine.Cluster;

/** Opens Spark clusters. */
public final class SparkProvider implements Cluster.Provider {
  @Override
  public Cluster open(Cluster.Settings settings) {
    return SparkCluster.open(settings);
  }
}
