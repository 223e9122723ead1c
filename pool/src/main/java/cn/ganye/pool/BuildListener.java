package cn.ganye.pool;

/** Hears how far a build has come. */
public interface BuildListener {
  /** Hears nothing. */
  BuildListener SILENT = new BuildListener() {};

  /** A stage begins. */
  default void stage(BuildStage stage) {}

  /**
   * Within a stage: so much of so much is done (bytes or steps), with so many records or rows so
   * far.
   */
  default void progress(BuildStage stage, String what, long done, long of, long records) {}
}
