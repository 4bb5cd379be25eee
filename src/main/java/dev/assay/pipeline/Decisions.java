package dev.assay.pipeline;

import dev.assay.lake.iceberg.MainMovedException;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.scores.Ledger;
import java.time.Clock;

/** What people decide about held runs. Needs no Spark. */
public final class Decisions {
  private final dev.assay.lake.iceberg.LakeCatalog catalog;
  private final Ledger ledger;
  private final Clock clock;
  private final RunListener listener;

  public Decisions(dev.assay.lake.iceberg.LakeCatalog catalog, Ledger ledger, Clock clock) {
    this(catalog, ledger, clock, (table, point) -> {});
  }

  /** The same, heard by somebody. */
  Decisions(
      dev.assay.lake.iceberg.LakeCatalog catalog,
      Ledger ledger,
      Clock clock,
      RunListener listener) {
    this.catalog = catalog;
    this.ledger = ledger;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Publishes a held run although the gate held it. Approving it again changes nothing.
   *
   * @param who goes into the ledger with the reason
   * @throws AssayException if the run is not held, or main moved since it was staged
   */
  public RunRecord approve(String runId, String who, String reason) {
    RunRecord run = find(runId);
    if (run.state() == RunState.PUBLISHED) {
      return run;
    }
    requireHeld(run);
    if (!run.isStaged()) {
      throw new AssayException(
          ExitKind.USAGE,
          "Run %s of %s is held before its rows were staged, so there is nothing to publish yet. Run the job with --accept-drift, or discard the run."
              .formatted(run.runId(), run.table()));
    }
    RunRecord decided =
        run.in(RunState.HELD, clock.instant(), "overridden by %s: %s".formatted(who, reason));
    // before the rows are on main: if this process dies, the next run still knows who and why
    ledger.recordState(decided);
    listener.decided(run.table());
    try {
      return new Publication(catalog, ledger, clock, listener).publish(decided, decided.note());
    } catch (MainMovedException e) {
      RunRecord now = find(run.runId());
      if (now.state() == RunState.DISCARDED) {
        // by somebody else, a moment ago: its branch is gone
        requireHeld(now);
      }
      ledger.recordState(run.in(RunState.HELD, clock.instant(), run.note()));
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: main has moved since run %s was staged, so it cannot be published as it is. Run the job again with --force and decide on the new run."
              .formatted(run.table(), run.runId()),
          e);
    }
  }

  /** Gives a held run up: its branch goes, main stays. Discarding it again changes nothing. */
  public RunRecord discard(String runId, String who, String reason) {
    RunRecord run = find(runId);
    if (run.state() == RunState.DISCARDED) {
      return run;
    }
    requireHeld(run);
    RunRecord discarded =
        run.in(RunState.DISCARDED, clock.instant(), "discarded by %s: %s".formatted(who, reason));
    ledger.recordState(discarded);
    new dev.assay.lake.iceberg.Branches(catalog).drop(run.table(), run.branch());
    return discarded;
  }

  private RunRecord find(String runId) {
    return ledger
        .run(runId)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.USAGE,
                    "There is no single run '%s'. 'assay held' lists the held ones."
                        .formatted(runId)));
  }

  private static void requireHeld(RunRecord run) {
    if (run.state() != RunState.HELD) {
      throw new AssayException(
          ExitKind.USAGE,
          "Run %s of %s is %s, not held; there is nothing to decide."
              .formatted(
                  run.runId(), run.table(), run.state().name().toLowerCase(java.util.Locale.ROOT)));
    }
  }
}
