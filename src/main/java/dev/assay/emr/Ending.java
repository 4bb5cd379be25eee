package dev.assay.emr;

import java.util.Optional;

/**
 * What came of a submission.
 *
 * @param attempt of which run
 * @param id of the job run or cluster
 * @param look the last one
 * @param result what the driver wrote; empty if it wrote nothing
 * @param usage what was charged; empty if that was not known in time
 * @param how why nobody waits any longer
 */
public record Ending(
    Attempt attempt,
    String id,
    Look look,
    Optional<String> result,
    Optional<Usage> usage,
    How how) {
  /** Why the waiting ended. */
  public enum How {
    /** The run is over. */
    OVER,
    /** Somebody interrupted the waiting, and the run goes on. */
    LEFT_RUNNING,
    /** Somebody interrupted the waiting, and the run was ended. */
    CANCELLED,
    /** The run had not started in time, and was cancelled. */
    NEVER_STARTED,
    /** The run took longer than it may, where nobody else ends it, and was cancelled. */
    TOO_LONG
  }
}
