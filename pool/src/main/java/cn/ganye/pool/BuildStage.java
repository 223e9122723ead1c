package cn.ganye.pool;

/**
 * The stages of a build, in order. Whatever ends it in one of them leaves the old snapshot in
 * force.
 */
public enum BuildStage {
  /** Files are listed and hashed. */
  SCAN,
  /** Records are judged and reach the lake. */
  INTAKE,
  /** Rows with one key are settled. */
  SETTLE,
  /** Steps are run. */
  DERIVE,
  /** Checks are run. */
  CHECK,
  /** Marts are written. */
  PUBLISH,
  /** Files move into their place. */
  ADOPT,
  /** CURRENT is swapped. */
  SWAP,
  /** What no snapshot names is deleted. */
  SWEEP
}
