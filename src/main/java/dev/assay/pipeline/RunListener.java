package dev.assay.pipeline;

import dev.assay.messages.Bill;
import dev.assay.model.TableName;

/** Hears how far a run has come. Called on the run's own thread, before the next thing happens. */
public interface RunListener {
  /** The run of a job begins. */
  default void started(TableName table) {}

  /** A point of the run is behind it. */
  void reached(TableName table, Point point);

  /** What classifying will cost; nothing was asked yet. */
  default void estimated(TableName table, Bill bill) {}

  /** The run of a job has ended. */
  default void ended(JobResult result) {}

  /** Somebody's decision about a held run is recorded; nothing was done about it yet. */
  default void decided(TableName table) {}

  /** A step of maintaining a table is behind it. */
  default void maintained(TableName table, Upkeep step) {}

  /** Steps of maintaining a table; whatever happens between two of them can be repeated. */
  enum Upkeep {
    RUNS_COMPLETED,
    HELD_EXPIRED,
    LEFTOVERS_DROPPED,
    COMPACTED
  }

  /** Points in the order of a run; whatever happens between two of them can be repeated. */
  enum Point {
    INPUT_FOUND("looking for input"),
    PREPARED("reading and preparing"),
    QUARANTINED("writing the quarantine"),
    STAGED("staging"),
    SCORED("scoring"),
    STAGE_RECORDED("recording"),
    GATED("deciding"),
    HOLD_RECORDED("recording the hold"),
    ON_MAIN("publishing"),
    PUBLISH_RECORDED("recording the publication"),
    TAGGED("tagging"),
    BRANCH_DROPPED("cleaning up");

    private final String doing;

    Point(String doing) {
      this.doing = doing;
    }

    /** What the run does until it reaches the point. */
    public String doing() {
      return doing;
    }
  }
}
