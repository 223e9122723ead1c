package cn.ganye.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.ClusterException;
import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepListener;
import cn.ganye.engine.Steps;
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
          "mount -t tmpfs -o size=1m tmpfs \"$SPARK_LOCAL_DIRS\" && exec \"$0\" \"$@\"");

  private static final Steps STEPS =
      new Steps(
          List.of(
              step(
                  "keyed", "number", "id, key", "SELECT id, mix32(id) % 200000 AS key FROM number"),
              step(
                  "total",
                  "keyed",
                  "key, n, last",
                  "SELECT key, COUNT(*) AS n, MAX(id) AS last FROM keyed GROUP BY key"),
              step(
                  "placed",
                  "keyed, total",
                  "id, n, place",
                  "SELECT k.id, t.n, CAST(ROW_NUMBER() OVER (PARTITION BY k.key ORDER BY k.id) AS BIGINT) AS place"
                      + " FROM keyed k JOIN total t ON t.key = k.key"),
              step(
                  "counted",
                  "placed",
                  "place, n, numbers, last",
                  "SELECT place, n, COUNT(*) AS numbers, MAX(id) AS last FROM placed GROUP BY place, n")));

  @TempDir Path folder;

  private static Step step(String name, String inputs, String columns, String sql) {
    return Step.parse(
        name,
        String.format(
            "-- question  ?%n-- grain  ?%n-- inputs  %s%n-- output  %s(%s)%n%s%s",
            inputs,
            name,
            columns,
            name.equals("counted") ? "-- publish  whole\n-- order  place, n\n" : "",
            sql));
  }

  @BeforeEach
  void numbers() {
    try (Engine engine = engine()) {
      engine.write("numbers", "SELECT range AS id FROM range(1200000)", given());
    }
  }

  private Path given() {
    return folder.resolve("number.parquet");
  }

  private Engine engine() {
    return Engine.open(new EngineSettings(1L << 30, 2, folder.resolve("spill")));
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

  /** What the cluster made is what DuckDB makes of the same steps. */
  private Cluster.Used endsRight(
      String master, Map<String, String> options, StepListener listener) {
    Cluster cluster = open(master, options);
    List<Path> back;
    try (cluster) {
      cluster.table("number", List.of(given()));
      cluster.run(STEPS, listener);
      back = cluster.bring("counted", folder.resolve("back"));
    }
    try (Engine engine = engine()) {
      engine.view("number", List.of(given()));
      engine.run(STEPS, StepListener.SILENT);
      String there = Engine.parquet(back);
      assertThat(engine.firstRows("FROM counted EXCEPT ALL FROM " + there, 3)).isEmpty();
      assertThat(engine.firstRows("FROM " + there + " EXCEPT ALL FROM counted", 3)).isEmpty();
      assertThat(engine.number("SELECT SUM(numbers) FROM counted")).isEqualTo(1_200_000);
    }
    assertThat(cluster.used().shuffledBytes()).isPositive();
    return cluster.used();
  }

  @Test
  void an_executor_that_is_killed_or_stands_still_costs_time_alone() throws Exception {
    try (Standalone cluster = new Standalone(SPARK, folder.resolve("cluster"))) {
      Process first = cluster.worker(MEMORY, List.of());
      Process second = cluster.worker(MEMORY, List.of());
      Strike killed = new Strike("-KILL", first);
      assertThat(endsRight(cluster.master(), Map.of(), killed).failed()).isPositive();
      assertThat(killed.struck).hasPositiveValue();
      Strike stopped = new Strike("-STOP", second);
      endsRight(
          cluster.master(),
          Map.of(
              "spark.network.timeout", "10s",
              "spark.network.timeoutInterval", "5s",
              "spark.executor.heartbeatInterval", "2s"),
          stopped);
      assertThat(stopped.struck).hasPositiveValue();
    }
  }

  @Test
  void a_worker_whose_disk_is_full_is_left_out_and_without_any_other_the_steps_fail()
      throws Exception {
    assumeTrue(roomCanBeLimited(), "no folder of limited size can be made here");
    try (Standalone cluster = new Standalone(SPARK, folder.resolve("cluster"))) {
      cluster.worker(MEMORY, LITTLE_ROOM);
      assertThatThrownBy(() -> endsRight(cluster.master(), Map.of(), StepListener.SILENT))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("step total");
      cluster.worker(MEMORY, List.of());
      assertThat(endsRight(cluster.master(), Map.of(), StepListener.SILENT).failed()).isPositive();
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
    try (Cluster cluster = ContractTest.local(storage)) {
      cluster.table("number", List.of(given()));
      cluster.run(STEPS, StepListener.SILENT);
      Lost.delete(storage);
      assertThatThrownBy(() -> cluster.bring("counted", folder.resolve("back")))
          .isInstanceOf(ClusterException.class)
          .hasMessageStartingWith("bringing counted back");
    }
  }
}
