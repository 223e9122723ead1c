package cn.ganye.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.engine.StepListener;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage that is not a path of this machine: a real HDFS, a name node and a data node. */
class StorageTest {
  @TempDir Path folder;

  @Test
  void tables_go_to_hdfs_and_come_back_and_nothing_stays_there() throws Exception {
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    try (MiniDFSCluster hdfs = new MiniDFSCluster.Builder(settings).numDataNodes(1).build()) {
      hdfs.waitActive();
      String storage = hdfs.getURI() + "/ganye";
      Numbers numbers = new Numbers(folder);
      numbers.endRight(ContractTest.local(storage), StepListener.SILENT);
      FileSystem files = hdfs.getFileSystem();
      assertThat(files.listStatus(new org.apache.hadoop.fs.Path(storage))).isEmpty();
    }
  }
}
