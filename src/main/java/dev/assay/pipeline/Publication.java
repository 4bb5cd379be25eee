package dev.assay.pipeline;

import dev.assay.lake.iceberg.Branches;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.pipeline.RunListener.Point;

/** Brings a staged run to main, and records that it is there. */
final class Publication {
  private final Lane lane;

  Publication(Lane lane) {
    this.lane = lane;
  }

  /**
   * Publishes. The fast-forward is the commit point; what comes after it can be repeated.
   *
   * @param note who decided it and why, when the gate did not
   * @throws dev.assay.lake.iceberg.MainMovedException if main moved since the run was staged
   */
  RunRecord publish(RunRecord run, String note) {
    lane.branches().publish(run.table(), run.branch(), run.snapshot());
    lane.listener().reached(run.table(), Point.ON_MAIN);
    try {
      return complete(run, note);
    } catch (RuntimeException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: the rows are on main, but not everything after it could be recorded. Run the job again: it completes that and writes nothing twice."
              .formatted(run.table()),
          e);
    }
  }

  /** Does what follows from a run being on main. */
  RunRecord complete(RunRecord run, String note) {
    Branches branches = lane.branches();
    RunRecord published = run.in(RunState.PUBLISHED, lane.clock().instant(), note);
    lane.ledger().recordState(published);
    lane.listener().reached(run.table(), Point.PUBLISH_RECORDED);
    branches.tag(run.table(), tagOf(run), run.snapshot());
    lane.listener().reached(run.table(), Point.TAGGED);
    branches.drop(run.table(), run.branch());
    lane.listener().reached(run.table(), Point.BRANCH_DROPPED);
    return published;
  }

  private static String tagOf(RunRecord run) {
    return "run_" + run.runId();
  }
}
