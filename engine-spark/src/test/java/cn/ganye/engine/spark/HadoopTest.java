package cn.ganye.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.StepListener;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Hadoop: HDFS (a name node, a data node) holds the tables, YARN (a resource manager, a node
 * manager) starts the executors.
 */
class HadoopTest {
  private static final Path JARS = Path.of("target", "spark", "jars").toAbsolutePath();
  @TempDir Path folder;

  @Test
  void steps_run_in_containers_of_yarn_on_tables_in_hdfs_and_nothing_stays_there()
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    settings.set("yarn.nodemanager.vmem-check-enabled", "false");
    settings.set("yarn.scheduler.minimum-allocation-mb", "128");
    settings.set("yarn.scheduler.capacity.root.queues", "default");
    settings.set("yarn.scheduler.capacity.root.default.capacity", "100");
    settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.5");
    try (MiniDFSCluster hdfs = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
        MiniYARNCluster yarn = new MiniYARNCluster("ganye", 1, 1, 1)) {
      hdfs.waitActive();
      yarn.init(settings);
      yarn.start();
      assertThat(yarn.waitForNodeManagersToConnect(20_000)).isTrue();
      String storage = hdfs.getURI() + "/ganye";
      Cluster cluster =
          Cluster.provider()
              .orElseThrow()
              .open(new Cluster.Settings("yarn", storage, options(yarn.getConfig())));
      new Numbers(folder).endRight(cluster, StepListener.SILENT);
      FileSystem files = hdfs.getFileSystem();
      assertThat(files.listStatus(new org.apache.hadoop.fs.Path(storage))).isEmpty();
    }
  }

  private Map<String, String> options(Configuration yarn) {
    Map<String, String> options = new HashMap<>();
    yarn.getPropsWithPrefix("yarn.")
        .forEach((name, value) -> options.put("spark.hadoop.yarn." + name, value));
    options.put("spark.driver.host", "127.0.0.1");
    options.put("spark.executor.instances", "1");
    options.put("spark.executor.memory", "600m");
    options.put("spark.yarn.am.memory", "300m");
    options.put("spark.yarn.jars", "local:" + JARS + "/*");
    options.put("spark.yarn.stagingDir", folder.resolve("staging").toUri().toString());
    options.put("spark.sql.shuffle.partitions", "2");
    return options;
  }
}
