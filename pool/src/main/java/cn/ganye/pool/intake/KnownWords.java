package cn.ganye.pool.intake;

import cn.ganye.pool.contract.Contract.Column;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What words for places and industries stand for in each column, as far as files have used them:
 * thousands of files name the same ones.
 */
final class KnownWords {
  private final Map<Column, Map<String, Long>> known =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /** What is known of a column; several threads may add to it. */
  Map<String, Long> of(Column column) {
    return known.computeIfAbsent(column, _ -> new ConcurrentHashMap<>());
  }
}
