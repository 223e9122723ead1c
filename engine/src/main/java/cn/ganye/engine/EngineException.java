package cn.ganye.engine;

/**
 * The engine could not do what a statement asked; the message names the step and the engine's own
 * words.
 */
public sealed class EngineException extends RuntimeException permits ClusterException {
  private static final long serialVersionUID = 1;

  /** A failure in the named step or statement. */
  public EngineException(String what, Throwable cause) {
    super(what + ": " + firstLine(cause), cause);
  }

  private static String firstLine(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
