package cn.ganye.server.marts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Results that follow from their key: the ones asked for last are kept, and who asks for one that
 * is being made waits for it instead of making it again.
 */
public final class Kept<T> {
  private final Map<String, CompletableFuture<T>> results;

  /** Keeps so many. */
  public Kept(int most) {
    results =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<T>> eldest) {
            return size() > most;
          }
        };
  }

  /** The result of a key, made now if it is not kept; a failure is thrown on and not kept. */
  public T get(String key, Supplier<T> maker) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> there;
    synchronized (results) {
      there = results.putIfAbsent(key, mine);
    }
    if (there != null) {
      try {
        return there.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
    try {
      T result = maker.get();
      mine.complete(result);
      return result;
    } catch (RuntimeException e) {
      synchronized (results) {
        results.remove(key, mine);
      }
      mine.completeExceptionally(e);
      throw e;
    }
  }
}
