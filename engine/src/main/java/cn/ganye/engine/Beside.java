package cn.ganye.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Things done beside each other. */
final class Beside {
  private Beside() {}

  /**
   * Does something for each of many, so many at once; the first failure is thrown once all have
   * ended.
   *
   * @param done hears of each on the caller's thread, in their order
   */
  static <T> void each(List<T> all, int atOnce, Consumer<T> work, Consumer<T> done) {
    try (ExecutorService workers = Executors.newFixedThreadPool(atOnce)) {
      List<Future<?>> begun = new ArrayList<>();
      all.forEach(one -> begun.add(workers.submit(() -> work.accept(one))));
      for (int i = 0; i < all.size(); i++) {
        begun.get(i).get();
        done.accept(all.get(i));
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : new EngineException("beside", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("beside", e);
    }
  }
}
