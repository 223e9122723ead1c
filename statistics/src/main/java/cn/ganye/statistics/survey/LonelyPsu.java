package cn.ganye.statistics.survey;

/**
 * What to do about a stratum with one sampled cluster, whose variance cannot be told from itself
 * (Lumley 2010, section 2.4). A stratum all of whose clusters were sampled needs nothing: its
 * variance is zero.
 */
public enum LonelyPsu {
  /** Refuse. */
  FAIL,
  /** Measure its total against the mean of all strata: errs on the safe side. */
  ADJUST,
  /** Take it for sampled with certainty: no variance. */
  CERTAINTY,
  /** Give it the mean variance of the other strata. */
  AVERAGE
}
