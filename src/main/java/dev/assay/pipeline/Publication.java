package dev.assay.pipeline;

import dev.assay.lake.iceberg.Branches;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.pipeline.RunListener.Point;
import dev.assay.scores.Ledger;
import java.time.Clock;

/** Brings a staged run to main, and records that it is there. */
final class Publication {
  private final LakeCatalog catalog;
  private final Ledger ledger;
  private final Clock clock;
  private final RunListener listener;

  Publication(LakeCatalog catalog, Ledger ledger, Clock clock, RunListener listener) {
    this.catalog = catalog;
    this.ledger = ledger;
    this.clock = clock;
    this.listener = listener;
  }

  Publication(Lane lane) {
    this(lane.catalog(), lane.ledger(), lane.clock(), lane.listener());
  }

  /**
   * Publishes. The fast-forward is the commit point; what comes after it can be repeated.
   *
   * @param note who decided it and why, when the gate did not
   * @throws dev.assay.lake.iceberg.MainMovedException if main moved since the run was staged
   */
  RunRecord publish(RunRecord run, String note) {
    new Branches(catalog).publish(run.table(), run.branch(), run.snapshot());
    listener.reached(run.table(), Point.ON_MAIN);
    RunRecord published = run.in(RunState.PUBLISHED, clock.instant(), note);
    after(run.table(), () -> complete(published));
    return published;
  }

  /**
   * Does something that follows from rows being on main, and can be done again.
   *
   * @throws AssayException if it fails; says that the rows are on main
   */
  void after(TableName table, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: the rows are on main, but not everything after it could be recorded. Run the job again: it completes that and writes nothing twice."
              .formatted(table),
          e);
    }
  }

  /** Does what follows from a run being on main. */
  RunRecord complete(RunRecord run, String note) {
    RunRecord published = run.in(RunState.PUBLISHED, clock.instant(), note);
    complete(published);
    return published;
  }

  private void complete(RunRecord published) {
    ledger.recordState(published);
    listener.reached(published.table(), Point.PUBLISH_RECORDED);
    tellOnTable(published);
    tidy(published);
  }

  /** Of older rows, or others', the table says nothing: it holds more since. */
  void tellOnTable(RunRecord scored) {
    if (new Branches(catalog)
        .current(scored.table())
        .filter(id -> id == scored.snapshot())
        .isPresent()) {
      ScoreOnTable.set(catalog, scored);
    }
  }

  /** Tags a published run's snapshot and drops its branch, unless that is done. */
  void tidy(RunRecord run) {
    Branches branches = new Branches(catalog);
    branches.tag(run.table(), tagOf(run), run.snapshot());
    listener.reached(run.table(), Point.TAGGED);
    branches.drop(run.table(), run.branch());
    listener.reached(run.table(), Point.BRANCH_DROPPED);
  }

  private static String tagOf(RunRecord run) {
    return "run_" + run.runId();
  }
}
