package cn.ganye.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;

/**
 * One run of steps: each is made after its inputs, beside others that do not need it, and its table
 * is dropped once the last step that reads it is done. What a view reads stays.
 */
final class StepRun {
  private record Made(Step step, long rows, double seconds) {}

  private final IntSupplier atOnce;
  private final ToLongFunction<Step> make;
  private final Consumer<Step> drop;
  private final Map<String, Step> waiting = new LinkedHashMap<>();
  private final Set<String> making = new HashSet<>();

  /** Tables of steps that will still be read, with how often. */
  private final Map<String, Integer> reads = new HashMap<>();

  private final Map<String, Step> steps = new HashMap<>();

  /** Steps whose tables nothing will read: dropped while others are made, if memory is wide. */
  private final List<Step> over = new ArrayList<>();

  StepRun(List<Step> steps, IntSupplier atOnce, ToLongFunction<Step> make, Consumer<Step> drop) {
    this.atOnce = atOnce;
    this.make = make;
    this.drop = drop;
    for (Step step : steps) {
      waiting.put(step.name(), step);
      step.inputs().forEach(input -> reads.merge(input, 1, Integer::sum));
    }
    this.steps.putAll(waiting);
  }

  /** A failure is thrown once the steps beside the failed one have come to their end. */
  void run(StepListener listener) {
    int all = waiting.size();
    try (ExecutorService makers = Executors.newCachedThreadPool()) {
      CompletionService<Made> done = new ExecutorCompletionService<>(makers);
      for (int position = 1; position <= all; position++) {
        if (atOnce.getAsInt() > 1) {
          begin(done);
        }
        over.forEach(drop);
        over.clear();
        begin(done);
        Made made = next(done);
        making.remove(made.step().name());
        listener.done(made.step(), position, all, made.rows(), made.seconds());
        if (!made.step().view()) {
          made.step().inputs().forEach(this::read);
        }
      }
      over.forEach(drop);
    }
  }

  /** Begins what waits for no other step, in their order, as many as there may be. */
  private void begin(CompletionService<Made> done) {
    for (Step step : List.copyOf(waiting.values())) {
      boolean ready =
          step.inputs().stream()
              .noneMatch(input -> waiting.containsKey(input) || making.contains(input));
      if (ready && (making.isEmpty() || making.size() < atOnce.getAsInt())) {
        waiting.remove(step.name());
        making.add(step.name());
        done.submit(() -> made(step));
      }
    }
  }

  private Made made(Step step) {
    long start = System.nanoTime();
    long rows = make.applyAsLong(step);
    return new Made(step, rows, (System.nanoTime() - start) / 1e9);
  }

  private static Made next(CompletionService<Made> done) {
    try {
      return Beside.result(done.take());
    } catch (InterruptedException e) {
      throw Beside.interrupted(e);
    }
  }

  private void read(String table) {
    Step step = steps.get(table);
    if (reads.merge(table, -1, Integer::sum) == 0 && step != null) {
      over.add(step);
    }
  }
}
