package cn.ganye.engine.spark;

import cn.ganye.engine.Cluster;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Adds up what the tasks of an application took. */
final class UsageListener extends SparkListener {
  private long tasks;
  private long failed;
  private long millis;
  private long longest;
  private long shuffled;
  private long spilled;

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskInfo().successful()) {
      tasks++;
    } else {
      failed++;
    }
    TaskMetrics took = end.taskMetrics();
    if (took != null) {
      millis += took.executorRunTime();
      longest = Math.max(longest, took.executorRunTime());
      shuffled += took.shuffleWriteMetrics().bytesWritten();
      spilled += took.diskBytesSpilled();
    }
  }

  synchronized Cluster.Used used() {
    return new Cluster.Used(tasks, failed, millis / 1e3, longest / 1e3, shuffled, spilled);
  }
}
