package dev.assay.pipeline;

/** What somebody asks of a run beyond the usual. */
public enum RunOption {
  /** Run although the same input was published or held before, or another job wrote the table. */
  FORCE,
  /** Take in columns that a job with {@code drift: after-review} waits for a review of. */
  ACCEPT_DRIFT,
  /** Write nothing: of jobs that classify say what it would cost, and pass over the others. */
  DRY_RUN
}
