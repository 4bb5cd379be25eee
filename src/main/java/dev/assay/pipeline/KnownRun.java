package dev.assay.pipeline;

import dev.assay.lake.iceberg.TableSettings;
import dev.assay.model.GateDecision;
import dev.assay.model.Metric;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.job.Job;
import dev.assay.model.job.Output;
import dev.assay.pipeline.JobResult.Ending;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.scores.Gate;
import java.time.Instant;
import java.util.ArrayList;
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
    return past.lastPublished()
        .map(
            last -> {
              boolean sameJob =
                  last.job().equals(assignment.job().name())
                      && last.pipeline().equals(assignment.job().pipeline());
              if (sameJob && last.ruleset().equals(assignment.ruleset().fingerprint())) {
                return unchanged(last);
              }
              // a job that takes another's place says so by a score of its own
              return past.canBeScored(last)
                  ? rescored(last)
                  : unchanged(last)
                      .saying(
                          "nothing is new, and what run %s published is not there any more as it was, so it is not scored again: the ruleset is put to the next rows that come. assay score %s --ruleset FILE puts it to what is there."
                              .formatted(last.runId().substring(0, 8), last.table()));
            });
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
    JobResult unchanged = result(published, Ending.UNCHANGED);
    return superseded(published).map(unchanged::saying).orElse(unchanged);
  }

  /** Why nothing is done although main holds other rows: those of another date came after. */
  private Optional<String> superseded(RunRecord run) {
    Job job = assignment.job();
    if (!job.dated() || job.output().mode() != Output.Mode.REPLACE) {
      return Optional.empty();
    }
    return past.lastPublishedBy(job.name())
        .filter(last -> !last.dataDate().equals(run.dataDate()))
        .map(
            last ->
                "the rows of %s were published before, and main holds those of %s since (run %s). To put those of %s in their place, run it with --force."
                    .formatted(
                        run.dataDate(),
                        last.dataDate(),
                        last.runId().substring(0, 8),
                        run.dataDate()));
  }

  private JobResult result(RunRecord run, Ending ending) {
    return JobResult.of(
        run,
        ending,
        assignment.lane().ledger().outcomes(run.runId()),
        assignment.lane().ledger().quarantineCounts(run.runId()),
        past.publishedBefore(run));
  }

  private void tellOnTable(RunRecord run) {
    new Publication(assignment.lane()).tellOnTable(run);
  }

  /** A run that was killed between publishing and this left them undone. */
  private void completeSettings() {
    TableSettings.apply(
        assignment.lane().catalog(), assignment.job().output(), assignment.job().tableFacts());
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
            assignment.job().gate().scope(),
            inputs.compared(assignment.job()));
    List<Metric> metrics = new ArrayList<>(evaluation.metrics());
    metrics.addAll(BrokenContracts.of(lane.contracts(), run, evaluation.outcomes()));
    lane.ledger()
        .recordScoring(
            run, evaluation.outcomes(), metrics, lane.ledger().quarantineCounts(published.runId()));
    tellOnTable(run);
    return JobResult.of(
        run, Ending.RESCORED, evaluation.outcomes(), List.of(), past.publishedBefore(run));
  }
}
