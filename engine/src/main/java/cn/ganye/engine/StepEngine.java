package cn.ganye.engine;

import java.util.List;
import java.util.Set;

/** What runs steps and answers for their tables: this process, or a cluster. */
public interface StepEngine extends AutoCloseable {
  /**
   * Runs steps in order.
   *
   * @throws EngineException that names the step which failed
   */
  void run(Steps steps, StepListener listener);

  /** The first rows of a query, as text; at most so many. */
  List<String> firstRows(String sql, int most);

  /** How many queries at once it answers sooner than one after the other. */
  default int queriesAtOnce() {
    return 1;
  }

  /** Columns of a table that cannot hold a value outside their code list. */
  Set<String> heldAsNumbers(String table);

  @Override
  void close();
}
