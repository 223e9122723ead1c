package cn.ganye.engine.spark;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** A signal to processes at the moment when both executors have a task in hand. */
final class Strike {
  private final String signal;
  private final Supplier<Stream<ProcessHandle>> whom;
  private final AtomicInteger tasks = new AtomicInteger();
  private final AtomicInteger struck = new AtomicInteger();

  private Strike(String signal, Supplier<Stream<ProcessHandle>> whom) {
    this.signal = signal;
    this.whom = whom;
  }

  /** To the executor of a worker. */
  Strike(String signal, Process worker) {
    this(
        signal,
        () ->
            worker
                .descendants()
                .filter(
                    child -> child.info().commandLine().orElse("").contains("ExecutorBackend")));
  }

  /** The end of this process, as by {@code kill -9}. */
  static Strike self() {
    return new Strike("-KILL", () -> Stream.of(ProcessHandle.current()));
  }

  /** From now on it waits for two tasks to begin. */
  void arm() {
    Tasks.started = this::taskStarted;
  }

  /** It waits no more. */
  void disarm() {
    Tasks.started = () -> {};
  }

  /** Processes that were struck. */
  int struck() {
    return struck.get();
  }

  private void taskStarted() {
    if (tasks.incrementAndGet() == 2) {
      whom.get().forEach(this::strike);
    }
  }

  private void strike(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
      struck.incrementAndGet();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
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
}
