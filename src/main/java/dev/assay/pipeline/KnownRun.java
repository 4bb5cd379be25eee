package dev.assay.pipeline;

import dev.assay.lake.iceberg.TableSettings;
import dev.assay.model.GateDecision;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.pipeline.JobResult.Ending;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.scores.Gate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to input that an earlier run has read: it was published or is held, or only has to be
 * scored again. No rows are written.
 */
final class KnownRun {
  private final Assignment assignment;
  private final RunIdentity identity;
  private final FoundInputs inputs;
  private final PastRuns past;

  KnownRun(Assignment assignment, RunIdentity identity, FoundInputs inputs, PastRuns past) {
    this.assignment = assignment;
    this.identity = identity;
    this.inputs = inputs;
    this.past = past;
  }

  /** When a job that reads what is new found nothing new: what it published last. */
  Optional<JobResult> withNothingNew() {
    return past.lastPublishedBy(assignment.job().name())
        .map(
            last ->
                last.ruleset().equals(assignment.ruleset().fingerprint())
                    ? unchanged(last)
                    : rescored(last));
  }

  /** The same input was published or held before, or main holds rows made of it. */
  Optional<JobResult> find() {
    return standing()
        .map(run -> run.state() == RunState.HELD ? result(run, Ending.HELD) : unchanged(run))
        .or(
            () ->
                past.publishedWithContent(
                        identity.content(), assignment.job().name(), assignment.date())
                    .map(this::rescored));
  }

  /** A run with this identity that still stands. */
  Optional<RunRecord> standing() {
    return past.standing(identity.identity(), assignment.job().name(), assignment.date());
  }

  private JobResult unchanged(RunRecord published) {
    completeSettings();
    tellOnTable(published);
    return result(published, Ending.UNCHANGED);
  }

  private JobResult result(RunRecord run, Ending ending) {
    return JobResult.of(
        run,
        ending,
        assignment.lane().ledger().outcomes(run.runId()),
        assignment.lane().ledger().quarantineCounts(run.runId()),
        past.publishedBefore(run));
  }

  /** Of an older date's rows the table says nothing: it holds more since. */
  private void tellOnTable(RunRecord run) {
    Lane lane = assignment.lane();
    if (lane.branches().current(run.table()).filter(id -> id == run.snapshot()).isPresent()) {
      ScoreOnTable.set(lane.catalog(), run);
    }
  }

  /** A run that was killed between publishing and this left them undone. */
  private void completeSettings() {
    TableSettings.apply(
        assignment.lane().catalog(), assignment.job().output(), assignment.job().publish());
  }

  private JobResult rescored(RunRecord published) {
    Lane lane = assignment.lane();
    completeSettings();
    Instant instant = lane.clock().instant();
    Evaluation evaluation =
        assignment.score(
            published.snapshot(),
            published.parentSnapshot(),
            inputs,
            new RunFiles(lane, assignment.names()).of(inputs, published),
            instant);
    Score score = Score.of(evaluation.outcomes());
    GateDecision decision =
        Gate.decide(
            assignment.job().gate(), score, evaluation.outcomes(), published.counts(), false);
    RunRecord run =
        new RunRecord(
            assignment.runId(),
            assignment.job().pipeline(),
            assignment.job().name(),
            assignment.table(),
            assignment.dataDate(),
            RunState.PUBLISHED,
            lane.clock().instant(),
            assignment.started(),
            identity.identity(),
            identity.content(),
            assignment.ruleset().fingerprint(),
            published.inputs(),
            published.parentSnapshot(),
            published.snapshot(),
            published.branch(),
            score,
            published.counts(),
            published.merged(),
            decision.holdReasons(),
            "scored again without writing",
            lane.productVersion(),
            instant,
            assignment.job().gate().scope());
    lane.ledger()
        .recordScoring(
            run,
            evaluation.outcomes(),
            evaluation.metrics(),
            lane.ledger().quarantineCounts(published.runId()));
    tellOnTable(run);
    return JobResult.of(
        run, Ending.RESCORED, evaluation.outcomes(), List.of(), past.publishedBefore(run));
  }
}
