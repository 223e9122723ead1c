package cn.ganye.engine;

/** A cluster could not do what was asked of it. */
public final class ClusterException extends EngineException {
  private static final long serialVersionUID = 1;

  /** A failure in what the cluster was doing. */
  public ClusterException(String what, Throwable cause) {
    super(what, cause);
  }
}
