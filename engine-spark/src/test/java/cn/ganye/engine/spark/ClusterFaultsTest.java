package cn.ganye.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.ClusterException;
import cn.ganye.engine.StepListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Master and two Workers, struck while they run steps: right rows, or a clear end. */
class ClusterFaultsTest {
  /** Room for an executor's folders, not for what it shuffles. */
  private static final List<String> LITTLE_ROOM =
      List.of(
          "unshare",
          "-rm",
          "sh",
          "-c",
          "mount -t tmpfs -o size=128k tmpfs \"$SPARK_LOCAL_DIRS\" && exec \"$0\" \"$@\"");

  @TempDir Path folder;
  private Numbers numbers;

  @BeforeEach
  void numbers() {
    numbers = new Numbers(folder);
  }

  private Cluster open(String master, Map<String, String> more) {
    return Clusters.standalone(master, folder.resolve("storage").toString(), more);
  }

  /** The signal goes out while the step {@code placed} runs. */
  private static StepListener duringPlaced(Strike strike) {
    return (step, position, of, rows, seconds) -> {
      switch (step.name()) {
        case "total" -> strike.arm();
        case "placed" -> strike.disarm();
        default -> {}
      }
    };
  }

  @Test
  void an_executor_that_is_killed_or_stands_still_costs_time_alone() throws Exception {
    try (Standalone cluster = new Standalone(Clusters.SPARK, folder.resolve("cluster"))) {
      Process first = cluster.worker(Clusters.MEMORY, List.of());
      Process second = cluster.worker(Clusters.MEMORY, List.of());
      Strike killed = new Strike("-KILL", first);
      assertThat(
              numbers
                  .endRight(open(cluster.master(), Clusters.BOTH), duringPlaced(killed))
                  .failed())
          .isPositive();
      assertThat(killed.struck()).isPositive();
      Strike stopped = new Strike("-STOP", second);
      Map<String, String> impatient = new HashMap<>(Clusters.BOTH);
      impatient.put("spark.network.timeout", "10s");
      impatient.put("spark.network.timeoutInterval", "5s");
      impatient.put("spark.executor.heartbeatInterval", "2s");
      numbers.endRight(open(cluster.master(), impatient), duringPlaced(stopped));
      assertThat(stopped.struck()).isPositive();
    }
  }

  @Test
  void a_worker_whose_disk_is_full_is_left_out() throws Exception {
    assumeTrue(roomCanBeLimited(), "no folder of limited size can be made here");
    try (Standalone cluster = new Standalone(Clusters.SPARK, folder.resolve("cluster"))) {
      cluster.worker(Clusters.MEMORY, LITTLE_ROOM);
      cluster.worker(Clusters.MEMORY, List.of());
      // A lone task may always fall to the other worker.
      Map<String, String> taskForEachFile = new HashMap<>(Clusters.BOTH);
      taskForEachFile.put("spark.sql.files.maxPartitionBytes", "256k");
      assertThat(
              numbers
                  .endRight(open(cluster.master(), taskForEachFile), StepListener.SILENT)
                  .failed())
          .isPositive();
    }
  }

  @Test
  void without_any_other_worker_than_one_whose_disk_is_full_the_steps_fail() throws Exception {
    assumeTrue(roomCanBeLimited(), "no folder of limited size can be made here");
    try (Standalone cluster = new Standalone(Clusters.SPARK, folder.resolve("cluster"))) {
      cluster.worker(Clusters.MEMORY, LITTLE_ROOM);
      assertThatThrownBy(
              () -> numbers.endRight(open(cluster.master(), Map.of()), StepListener.SILENT))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("step total");
    }
  }

  private boolean roomCanBeLimited() throws Exception {
    Path at = Files.createDirectories(folder.resolve("room"));
    ProcessBuilder probe =
        new ProcessBuilder(Stream.concat(LITTLE_ROOM.stream(), Stream.of("true")).toList());
    probe.environment().put("SPARK_LOCAL_DIRS", at.toString());
    return probe.start().waitFor() == 0;
  }

  @Test
  void what_is_lost_on_the_way_back_is_told() throws Exception {
    Path storage = folder.resolve("storage");
    try (Cluster cluster = Clusters.local(storage.toString(), Map.of())) {
      numbers.run(cluster, StepListener.SILENT);
      Lost.delete(storage);
      assertThatThrownBy(() -> cluster.bring("counted", folder.resolve("back")))
          .isInstanceOf(ClusterException.class)
          .hasMessageStartingWith("bringing counted back");
    }
  }

  @Test
  void an_application_that_the_cluster_has_ended_is_told_as_that() {
    try (Cluster cluster = Clusters.local(folder.resolve("storage").toString(), Map.of())) {
      SparkSession.active().sparkContext().stop();
      assertThatThrownBy(() -> cluster.firstRows("SELECT 1", 1))
          .isInstanceOf(ClusterException.class)
          .hasMessage("reading: the application was not taken by the cluster, or was ended");
    }
  }
}
