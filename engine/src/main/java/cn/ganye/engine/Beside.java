package cn.ganye.engine;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Things done beside each other. */
public final class Beside {
  private Beside() {}

  /**
   * Makes something of each of many, so many at once; the first failure is thrown once all have
   * ended.
   *
   * @param done hears of each, with what it came to, on the caller's thread, in their order
   */
  public static <T, R> void each(
      List<T> all, int atOnce, Function<T, R> work, BiConsumer<T, R> done) {
    try (ExecutorService workers = Executors.newFixedThreadPool(atOnce)) {
      List<Future<R>> begun =
          all.stream().map(one -> workers.submit(() -> work.apply(one))).toList();
      for (int i = 0; i < all.size(); i++) {
        done.accept(all.get(i), result(begun.get(i)));
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * What another thread comes to; its failure is thrown as it was there.
   *
   * @throws EngineException around a failure that is no RuntimeException
   */
  public static <R> R result(Future<R> work) throws InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : new EngineException("beside", e);
    }
  }

  /** What is thrown by a thread that was interrupted as it waited. */
  static EngineException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EngineException("beside", e);
  }
}
