package dev.assay.pipeline;

/** What somebody asks of a run beyond the usual. */
public enum RunOption {
  /** Run although the same input was published or held before. */
  FORCE,
  /** Take in columns that a job with {@code drift: after-review} waits for a review of. */
  ACCEPT_DRIFT,
  /** Say what classifying would cost, and stop there. */
  DRY_RUN
}
