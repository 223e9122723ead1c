package cn.ganye.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.ClusterException;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Master and two Workers, struck while they run steps: right rows, or a clear end. */
class ClusterFaultsTest {
  private static final Path SPARK = Path.of("target", "spark");
  private static final String MEMORY = "600m";

  /** Room for an executor's folders, not for what it shuffles. */
  private static final List<String> LITTLE_ROOM =
      List.of(
          "unshare",
          "-rm",
          "sh",
          "-c",
          "mount -t tmpfs -o size=128k tmpfs \"$SPARK_LOCAL_DIRS\" && exec \"$0\" \"$@\"");

  /** Nothing begins before both Workers have an executor. */
  private static final Map<String, String> BOTH =
      Map.of(
          "spark.cores.max",
          "2",
          "spark.scheduler.minRegisteredResourcesRatio",
          "1",
          "spark.scheduler.maxRegisteredResourcesWaitingTime",
          "5min");

  @TempDir Path folder;
  private Numbers numbers;

  @BeforeEach
  void numbers() {
    numbers = new Numbers(folder);
  }

  private Cluster open(String master, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("spark.driver.host", "127.0.0.1");
    options.put("spark.executor.memory", MEMORY);
    options.put("spark.sql.shuffle.partitions", "8");
    options.put("spark.extraListeners", Tasks.class.getName());
    return Cluster.provider()
        .orElseThrow()
        .open(new Cluster.Settings(master, folder.resolve("storage").toString(), options));
  }

  /**
   * Sends a signal to the executor of a worker when both executors have a task of the step {@code
   * placed} in hand.
   */
  private static final class Strike implements StepListener {
    private final String signal;
    private final Process worker;
    private final AtomicInteger tasksOfTheStep = new AtomicInteger();

    /** Executors that were struck. */
    final AtomicInteger struck = new AtomicInteger();

    Strike(String signal, Process worker) {
      this.signal = signal;
      this.worker = worker;
    }

    @Override
    public void done(Step step, int position, int of, long rows, double seconds) {
      switch (step.name()) {
        case "total" -> Tasks.started = this::taskStarted;
        case "placed" -> Tasks.started = () -> {};
        default -> {}
      }
    }

    private void taskStarted() {
      if (tasksOfTheStep.incrementAndGet() == 2) {
        worker
            .descendants()
            .filter(child -> child.info().commandLine().orElse("").contains("ExecutorBackend"))
            .forEach(this::strike);
      }
    }

    private void strike(ProcessHandle executor) {
      try {
        new ProcessBuilder("kill", signal, Long.toString(executor.pid())).start().waitFor();
        struck.incrementAndGet();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Spark makes it by its name and tells it what runs. */
  public static final class Tasks extends SparkListener {
    static volatile Runnable started = () -> {};

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
      started.run();
    }
  }

  @Test
  void an_executor_that_is_killed_or_stands_still_costs_time_alone() throws Exception {
    try (Standalone cluster = new Standalone(SPARK, folder.resolve("cluster"))) {
      Process first = cluster.worker(MEMORY, List.of());
      Process second = cluster.worker(MEMORY, List.of());
      Strike killed = new Strike("-KILL", first);
      assertThat(numbers.endRight(open(cluster.master(), BOTH), killed).failed()).isPositive();
      assertThat(killed.struck).hasPositiveValue();
      Strike stopped = new Strike("-STOP", second);
      Map<String, String> impatient = new HashMap<>(BOTH);
      impatient.put("spark.network.timeout", "10s");
      impatient.put("spark.network.timeoutInterval", "5s");
      impatient.put("spark.executor.heartbeatInterval", "2s");
      numbers.endRight(open(cluster.master(), impatient), stopped);
      assertThat(stopped.struck).hasPositiveValue();
    }
  }

  @Test
  void a_worker_whose_disk_is_full_is_left_out() throws Exception {
    assumeTrue(roomCanBeLimited(), "no folder of limited size can be made here");
    try (Standalone cluster = new Standalone(SPARK, folder.resolve("cluster"))) {
      cluster.worker(MEMORY, LITTLE_ROOM);
      cluster.worker(MEMORY, List.of());
      assertThat(numbers.endRight(open(cluster.master(), BOTH), StepListener.SILENT).failed())
          .isPositive();
    }
  }

  @Test
  void without_any_other_worker_than_one_whose_disk_is_full_the_steps_fail() throws Exception {
    assumeTrue(roomCanBeLimited(), "no folder of limited size can be made here");
    try (Standalone cluster = new Standalone(SPARK, folder.resolve("cluster"))) {
      cluster.worker(MEMORY, LITTLE_ROOM);
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
    try (Cluster cluster = ContractTest.local(storage.toString())) {
      numbers.run(cluster, StepListener.SILENT);
      Lost.delete(storage);
      assertThatThrownBy(() -> cluster.bring("counted", folder.resolve("back")))
          .isInstanceOf(ClusterException.class)
          .hasMessageStartingWith("bringing counted back");
    }
  }
}
