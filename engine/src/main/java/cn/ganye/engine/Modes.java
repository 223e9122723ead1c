package cn.ganye.engine;

import java.util.HashMap;
import java.util.Map;

/** Settings of a whole engine that stand otherwise for as long as one of its sessions needs it. */
final class Modes {
  private final Map<String, Integer> needed = new HashMap<>();

  /** Does something while a setting stands otherwise; {@code back} is what it stands at else. */
  <T, E extends Exception> T during(
      Engine session, String setting, String otherwise, String back, Engine.Work<T, E> work)
      throws E {
    synchronized (this) {
      if (needed.getOrDefault(setting, 0) == 0) {
        session.execute(setting, "SET " + setting + " = " + otherwise);
      }
      needed.merge(setting, 1, Integer::sum);
    }
    try {
      return work.done();
    } finally {
      synchronized (this) {
        if (needed.merge(setting, -1, Integer::sum) == 0) {
          session.execute(setting, "SET " + setting + " = " + back);
        }
      }
    }
  }
}
