package cn.ganye.engine;

/** Hears how far a run of steps has come. */
public interface StepListener {
  /** Hears nothing. */
  StepListener SILENT = (step, position, of, rows, seconds) -> {};

  /** A step is done: the position-th of so many, with so many rows in its table (−1 for a view). */
  void done(Step step, int position, int of, long rows, double seconds);
}
