package cn.ganye.engine;

import java.util.Objects;

/**
 * The engine could not do what a statement asked; the message names the step and the engine's own
 * words.
 */
public sealed class EngineException extends RuntimeException permits ClusterException {
  private static final long serialVersionUID = 1;

  /** A failure in the named step or statement. */
  public EngineException(String what, Throwable cause) {
    super(what + ": " + words(cause), cause);
  }

  /** What it says, and what lies at the root of it if that says something else. */
  private static String words(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = firstLine(cause);
    String first = firstLine(root);
    return said.contains(first) ? said : said + " (" + first + ")";
  }

  private static String firstLine(Throwable cause) {
    String message =
        Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
