package dev.assay.pipeline;

import dev.assay.lake.iceberg.Branches;
import dev.assay.lake.iceberg.DistinctValues;
import dev.assay.lake.iceberg.EncryptedColumns;
import dev.assay.lake.iceberg.MainMovedException;
import dev.assay.lake.iceberg.QuarantineTable;
import dev.assay.lake.iceberg.RunLabel;
import dev.assay.lake.iceberg.StagedSnapshot;
import dev.assay.lake.iceberg.Staging;
import dev.assay.lake.iceberg.TableSettings;
import dev.assay.model.GateDecision;
import dev.assay.model.MergeCounts;
import dev.assay.model.Metric;
import dev.assay.model.RowCounts;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.TableName;
import dev.assay.model.job.Job;
import dev.assay.pipeline.JobResult.Ending;
import dev.assay.pipeline.RunListener.Point;
import dev.assay.prepare.Protector;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.scores.Gate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One run of one job, from its input to main or to a hold. The order of its steps is what makes a
 * kill harmless: everything before the fast-forward can be thrown away, everything after it follows
 * from main and the ledger. What it reads and stages rests on main as it was when the run began; if
 * main moves meanwhile, all of it is thrown away.
 */
final class JobRun {
  private static final Set<Ending> ON_MAIN =
      Set.of(Ending.PUBLISHED, Ending.UNCHANGED, Ending.RESCORED);

  private final Assignment assignment;
  private final Lane lane;
  private final Job job;
  private final TableName table;

  JobRun(Assignment assignment) {
    this.assignment = assignment;
    this.lane = assignment.lane();
    this.job = assignment.job();
    this.table = assignment.table();
  }

  /**
   * Runs.
   *
   * @param options what is asked beyond the usual
   * @throws MainMovedException if main moved since the run began; the next run begins anew
   */
  JobResult run(Set<RunOption> options) {
    JobResult result = published(options);
    if (ON_MAIN.contains(result.ending())) {
      // what main has, also by a run that was killed after the fast-forward, or approved
      DistinctValues.estimate(lane.spark(), lane.catalog(), table, job.publish().statistics());
    }
    return result;
  }

  private JobResult published(Set<RunOption> options) {
    lane.listener().started(table);
    // before anything that depends on what main holds
    Optional<Long> main = lane.branches().current(table);
    PastRuns past = PastRuns.of(lane, table);
    past.requireWriter(job, options);
    FoundInputs inputs =
        FoundInputs.find(lane, job, assignment.dataDate(), past, assignment.names());
    if (inputs.missing().isPresent()) {
      return JobResult.skipped(job.name(), table, inputs.missing().get());
    }
    RunIdentity identity = RunIdentity.of(assignment, inputs);
    lane.listener().reached(table, Point.INPUT_FOUND);
    Optional<JobResult> known = known(inputs, identity, past, options);
    if (known.isPresent()) {
      return known.get();
    }
    try (JobRows rows = rows(inputs, options)) {
      lane.listener().reached(table, Point.PREPARED);
      return rows.setAside().isEmpty()
          ? stageAndDecide(rows, main, inputs, identity, past, options)
          : withoutSetAside(rows, main, inputs.without(rows.setAside()), past, options);
    }
  }

  /** A file that was set aside was not read: the run is one over the others, and the next tries. */
  private JobResult withoutSetAside(
      JobRows rows,
      Optional<Long> main,
      FoundInputs inputs,
      PastRuns past,
      Set<RunOption> options) {
    RunIdentity identity = RunIdentity.of(assignment, inputs);
    return known(inputs, identity, past, options)
        .orElseGet(() -> stageAndDecide(rows, main, inputs, identity, past, options));
  }

  private Optional<JobResult> known(
      FoundInputs inputs, RunIdentity identity, PastRuns past, Set<RunOption> options) {
    if (options.contains(RunOption.DRY_RUN)) {
      // scoring again writes
      return Optional.empty();
    }
    KnownRun known = new KnownRun(assignment, identity, inputs, past);
    Optional<JobResult> nothingNew =
        inputs.nothingNew() ? known.withNothingNew() : Optional.empty();
    return nothingNew.isPresent() || options.contains(RunOption.FORCE) ? nothingNew : known.find();
  }

  /** Rows that are staged, or of which newer ones wait, wait for no review any more. */
  private void endReviews(PastRuns past, String why) {
    for (RunRecord waiting : past.awaitingReview(job.name(), assignment.date())) {
      lane.ledger().recordState(waiting.in(RunState.DISCARDED, lane.clock().instant(), why));
    }
  }

  private JobRows rows(FoundInputs inputs, Set<RunOption> options) {
    return switch (job.kind()) {
      case PREPARE -> new PrepareJob(lane, job, inputs, assignment.names()).rows();
      case BUILD -> new BuildJob(lane, job, inputs).rows();
      case CLASSIFY ->
          new ClassifyJob(assignment, inputs).rows(options.contains(RunOption.DRY_RUN));
    };
  }

  private JobResult stageAndDecide(
      JobRows rows,
      Optional<Long> main,
      FoundInputs inputs,
      RunIdentity identity,
      PastRuns past,
      Set<RunOption> options) {
    Staging staging =
        new Staging(
            lane.catalog(),
            job.output(),
            job.incremental(),
            options.contains(RunOption.ACCEPT_DRIFT),
            encrypted());
    Optional<String> drift = staging.awaitsReview(rows.rows(), assignment.dataDate());
    if (drift.isPresent()) {
      return heldBeforeStaging(drift.get(), main, rows, inputs, identity, past);
    }
    quarantine(rows);
    StagedSnapshot staged =
        staging.stage(
            rows.rows(), label(identity, inputs), Branches.branchOf(assignment.runId()), main);
    lane.listener().reached(table, Point.STAGED);
    endReviews(past, "its rows were staged by run " + assignment.runId());
    RowCounts counts = reconciled(rows, staged);
    try {
      return decide(staged, counts, rows, inputs, identity, past);
    } catch (MainMovedException e) {
      try {
        lane.branches().drop(table, staged.branch());
      } catch (RuntimeException left) {
        // maintain drops it; the run begins anew all the same
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private EncryptedColumns encrypted() {
    Set<String> names = ProtectedColumns.encrypted(job.steps());
    if (names.isEmpty()) {
      return EncryptedColumns.NONE;
    }
    Protector protector = lane.protector().get();
    return new EncryptedColumns(names, protector::likeness);
  }

  private RunLabel label(RunIdentity identity, FoundInputs inputs) {
    return new RunLabel(
        assignment.runId(),
        job.name(),
        assignment.dataDate(),
        identity.identity(),
        identity.content(),
        assignment.ruleset().fingerprint(),
        inputs.readUpTo(job));
  }

  private void quarantine(JobRows rows) {
    if (rows.quarantined().isPresent()) {
      long written =
          new QuarantineTable(lane.catalog())
              .write(
                  table,
                  rows.quarantined().get(),
                  assignment.runId(),
                  assignment.dataDate(),
                  lane.clock().instant());
      Reconciliation.check(
          table, "quarantined", rows.counts().map(RowCounts::quarantined).orElse(0L), written);
      lane.listener().reached(table, Point.QUARANTINED);
    }
  }

  private RowCounts reconciled(JobRows rows, StagedSnapshot staged) {
    long written = staged.merged().map(MergeCounts::total).orElse(staged.written());
    RowCounts counts = rows.counts().orElse(new RowCounts(written, Map.of(), Map.of(), 0, written));
    Reconciliation.check(table, "written", counts.written(), written);
    Reconciliation.check(table, counts);
    return counts;
  }

  private JobResult decide(
      StagedSnapshot staged,
      RowCounts counts,
      JobRows rows,
      FoundInputs inputs,
      RunIdentity identity,
      PastRuns past) {
    Instant evaluationInstant = lane.clock().instant();
    Evaluation evaluation =
        assignment.score(
            staged.snapshot(),
            staged.parent(),
            inputs,
            new RunFiles(lane, assignment.names()).of(inputs),
            evaluationInstant);
    lane.listener().reached(table, Point.SCORED);
    Score score = Score.of(evaluation.outcomes());
    RunRecord run = record(staged, score, counts, inputs, identity, evaluationInstant);
    List<Metric> metrics = new ArrayList<>(evaluation.metrics());
    metrics.addAll(rows.metrics());
    metrics.addAll(BrokenContracts.of(lane.contracts(), run, evaluation.outcomes()));
    lane.ledger().recordLineage(run, inputs.lineage(job, rows));
    lane.ledger().recordScoring(run, evaluation.outcomes(), metrics, rows.reasons());
    lane.listener().reached(table, Point.STAGE_RECORDED);
    GateDecision decision =
        Gate.decide(job.gate(), score, evaluation.outcomes(), counts, Loads.of(lane, job, staged));
    lane.listener().reached(table, Point.GATED);
    if (!decision.passes()) {
      RunRecord held = run.held(lane.clock().instant(), decision.holdReasons());
      lane.ledger().recordState(held);
      lane.listener().reached(table, Point.HOLD_RECORDED);
      return JobResult.of(
          held, Ending.HELD, evaluation.outcomes(), rows.reasons(), past.publishedBefore(held));
    }
    Publication publication = new Publication(lane);
    RunRecord published = publication.publish(run, staged.drift());
    publication.after(
        table, () -> TableSettings.apply(lane.catalog(), job.output(), job.tableFacts()));
    return JobResult.of(
        published,
        Ending.PUBLISHED,
        evaluation.outcomes(),
        rows.reasons(),
        past.publishedBefore(published));
  }

  private RunRecord record(
      StagedSnapshot staged,
      Score score,
      RowCounts counts,
      FoundInputs inputs,
      RunIdentity identity,
      Instant evaluationInstant) {
    return new RunRecord(
        assignment.runId(),
        job.pipeline(),
        job.name(),
        table,
        assignment.dataDate(),
        RunState.STAGED,
        lane.clock().instant(),
        assignment.started(),
        identity.identity(),
        identity.content(),
        assignment.ruleset().fingerprint(),
        identity.read(),
        staged.parent(),
        staged.snapshot(),
        staged.branch(),
        score,
        counts,
        staged.merged(),
        List.of(),
        staged.drift(),
        lane.productVersion(),
        evaluationInstant,
        job.gate().scope(),
        inputs.compared(job));
  }

  /** Nothing is written but that somebody has to look, so that the same input asks only once. */
  private JobResult heldBeforeStaging(
      String drift,
      Optional<Long> main,
      JobRows rows,
      FoundInputs inputs,
      RunIdentity identity,
      PastRuns past) {
    Optional<RunRecord> waiting =
        past.awaitingReview(job.name(), assignment.date()).stream()
            .filter(run -> run.identity().equals(identity.identity()))
            .findFirst();
    if (waiting.isPresent()) {
      return JobResult.of(
          waiting.get(), Ending.HELD, List.of(), List.of(), past.publishedBefore(waiting.get()));
    }
    endReviews(past, "another input of run " + assignment.runId() + " waits in its place");
    StagedSnapshot nothing =
        new StagedSnapshot(table, "", main, main.orElse(0L), 0, Optional.empty(), "");
    RunRecord held =
        record(
                nothing,
                Score.of(List.of()),
                rows.counts().orElse(RowCounts.NONE),
                inputs,
                identity,
                lane.clock().instant())
            .held(
                lane.clock().instant(),
                List.of(
                    "Held before staging, because the rows differ from the table: %s. Look at it, then run the job with --accept-drift."
                        .formatted(drift)));
    lane.ledger().recordState(held);
    lane.listener().reached(table, Point.HOLD_RECORDED);
    return JobResult.of(held, Ending.HELD, List.of(), List.of(), past.publishedBefore(held));
  }
}
