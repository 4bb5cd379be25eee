package dev.assay.pipeline;

import dev.assay.lake.iceberg.Branches;
import dev.assay.lake.iceberg.MainMovedException;
import dev.assay.lake.iceberg.QuarantineTable;
import dev.assay.lake.iceberg.RunLabel;
import dev.assay.lake.iceberg.StagedSnapshot;
import dev.assay.lake.iceberg.Staging;
import dev.assay.lake.iceberg.TableSettings;
import dev.assay.model.ExitKind;
import dev.assay.model.Fingerprint;
import dev.assay.model.GateDecision;
import dev.assay.model.MergeCounts;
import dev.assay.model.Metric;
import dev.assay.model.RowCounts;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.TableName;
import dev.assay.model.job.Job;
import dev.assay.pipeline.RunListener.Point;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RawFiles;
import dev.assay.rules.parse.Ruleset;
import dev.assay.scores.Gate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One run of one job, from its input to main or to a hold. The order of its steps is what makes a
 * kill harmless: everything before the fast-forward can be thrown away, everything after it follows
 * from main and the ledger.
 */
final class JobRun {
  /** How often a run stages again because somebody else committed meanwhile. */
  private static final int MOST_ATTEMPTS = 5;

  private final Lane lane;
  private final Job job;
  private final LocalDate dataDate;
  private final Ruleset ruleset;
  private final TableName table;
  private final Instant started;
  private final ShownFiles names;

  JobRun(Lane lane, Job job, LocalDate dataDate, Ruleset ruleset) {
    this.lane = lane;
    this.job = job;
    this.dataDate = dataDate;
    this.ruleset = ruleset;
    this.table = job.output().table();
    this.started = lane.clock().instant();
    this.names = new ShownFiles(job, lane.protector());
  }

  /**
   * Runs.
   *
   * @param options what is asked beyond the usual
   */
  JobResult run(Set<RunOption> options) {
    lane.listener().started(table);
    PastRuns past = PastRuns.of(lane, table);
    FoundInputs inputs = FoundInputs.find(lane, job, dataDate, past, names);
    if (inputs.missing().isPresent()) {
      return JobResult.skipped(job.name(), table, inputs.missing().get());
    }
    RunIdentity identity = RunIdentity.of(job, dataDate, ruleset, inputs, read(inputs));
    lane.listener().reached(table, Point.INPUT_FOUND);
    if (inputs.nothingNew()) {
      Optional<RunRecord> last = past.lastPublishedBy(job.name());
      if (last.isPresent()) {
        return last.get().ruleset().equals(ruleset.fingerprint())
            ? result(
                last.get(),
                JobResult.Ending.UNCHANGED,
                remembered(last.get()),
                lane.ledger().quarantineCounts(last.get().runId()),
                past)
            : rescore(last.get(), identity, inputs, past);
      }
    }
    if (!options.contains(RunOption.FORCE)) {
      Optional<JobResult> known = known(past, identity, inputs);
      if (known.isPresent()) {
        return known.get();
      }
    }
    try (JobRows rows = rows(inputs, options)) {
      lane.listener().reached(table, Point.PREPARED);
      return stageAndDecide(rows, inputs, identity, past, options);
    }
  }

  /** What can be said without writing: published or held already, or only to be scored again. */
  private Optional<JobResult> known(PastRuns past, RunIdentity identity, FoundInputs inputs) {
    Optional<RunRecord> same = standing(past, identity);
    if (same.isPresent()) {
      RunRecord run = same.get();
      boolean held = run.state() == RunState.HELD;
      return Optional.of(
          result(
              run,
              held ? JobResult.Ending.HELD : JobResult.Ending.UNCHANGED,
              remembered(run),
              lane.ledger().quarantineCounts(run.runId()),
              past));
    }
    return past.publishedWithContent(identity.content(), job.name(), date())
        .map(run -> rescore(run, identity, inputs, past));
  }

  private Optional<RunRecord> standing(PastRuns past, RunIdentity identity) {
    return past.standing(identity.identity(), job.name(), date());
  }

  private Optional<LocalDate> date() {
    return job.dated() ? Optional.of(dataDate) : Optional.empty();
  }

  private Evaluation remembered(RunRecord run) {
    return new Evaluation(lane.ledger().outcomes(run.runId()), List.of());
  }

  private JobRows rows(FoundInputs inputs, Set<RunOption> options) {
    return switch (job.kind()) {
      case PREPARE -> new PrepareJob(lane, job, inputs, names).rows();
      case BUILD -> new BuildJob(lane, job, inputs).rows();
      case CLASSIFY -> new ClassifyJob(lane, job, inputs).rows(options.contains(RunOption.DRY_RUN));
    };
  }

  /** All that decides what is written: files, snapshots, models. */
  private List<String> read(FoundInputs inputs) {
    List<String> read = new ArrayList<>(inputs.identities(job, names));
    read.addAll(ClassifyJob.identities(lane, job));
    return read;
  }

  private JobResult stageAndDecide(
      JobRows rows,
      FoundInputs inputs,
      RunIdentity identity,
      PastRuns past,
      Set<RunOption> options) {
    String runId = UUID.randomUUID().toString();
    quarantine(rows, runId);
    for (int attempt = 1; ; attempt++) {
      String attemptId = attempt == 1 ? runId : runId + "-" + attempt;
      RunLabel label =
          new RunLabel(
              runId,
              job.name(),
              dataDate,
              identity.identity(),
              identity.content(),
              ruleset.fingerprint(),
              inputs.readByChanges(job));
      StagedSnapshot staged =
          new Staging(
                  lane.catalog(),
                  job.output(),
                  job.incremental(),
                  options.contains(RunOption.ACCEPT_DRIFT))
              .stage(rows.rows(), label, Branches.branchOf(attemptId));
      lane.listener().reached(table, Point.STAGED);
      RowCounts counts = reconciled(rows, staged);
      try {
        return decide(runId, staged, counts, rows, inputs, identity, past);
      } catch (MainMovedException e) {
        lane.branches().drop(table, staged.branch());
        PastRuns meanwhile = PastRuns.of(lane, table);
        if (standing(meanwhile, identity).isPresent()) {
          // a run of the same job at the same time was first
          return known(meanwhile, identity, inputs).orElseThrow(() -> e);
        }
        // what an incremental run reads depends on what main holds: it has to look again
        if (attempt == MOST_ATTEMPTS || job.incremental()) {
          throw e;
        }
      }
    }
  }

  private void quarantine(JobRows rows, String runId) {
    if (rows.quarantined().isPresent()) {
      long written =
          new QuarantineTable(lane.catalog())
              .write(table, rows.quarantined().get(), runId, dataDate, lane.clock().instant());
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
      String runId,
      StagedSnapshot staged,
      RowCounts counts,
      JobRows rows,
      FoundInputs inputs,
      RunIdentity identity,
      PastRuns past) {
    Instant evaluationInstant = lane.clock().instant();
    Evaluation evaluation =
        score(
            staged.snapshot(),
            staged.parent(),
            inputs,
            new RunFiles(lane, names).of(inputs),
            evaluationInstant);
    lane.listener().reached(table, Point.SCORED);
    Score score = Score.of(evaluation.outcomes());
    RunRecord run =
        new RunRecord(
            runId,
            job.pipeline(),
            job.name(),
            table,
            dataDate,
            RunState.STAGED,
            lane.clock().instant(),
            started,
            identity.identity(),
            identity.content(),
            ruleset.fingerprint(),
            read(inputs),
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
            job.gate().scope());
    List<Metric> metrics = new ArrayList<>(evaluation.metrics());
    metrics.addAll(rows.metrics());
    lane.ledger().recordScoring(run, evaluation.outcomes(), metrics, rows.reasons());
    lane.listener().reached(table, Point.STAGE_RECORDED);
    GateDecision decision =
        Gate.decide(job.gate(), score, evaluation.outcomes(), counts, staged.parent().isEmpty());
    lane.listener().reached(table, Point.GATED);
    if (!decision.passes()) {
      RunRecord held = run.held(lane.clock().instant(), decision.holdReasons());
      lane.ledger().recordState(held);
      lane.listener().reached(table, Point.HOLD_RECORDED);
      return result(held, JobResult.Ending.HELD, evaluation, rows.reasons(), past);
    }
    RunRecord published = new Publication(lane).publish(run, staged.drift());
    TableSettings.apply(lane.catalog(), job.output());
    return result(published, JobResult.Ending.PUBLISHED, evaluation, rows.reasons(), past);
  }

  private Evaluation score(
      long snapshot, Optional<Long> parent, FoundInputs inputs, RawFiles files, Instant instant) {
    Evaluation evaluation =
        new Scoring(lane)
            .score(table, snapshot, parent, ruleset, job, inputs.references(), files, instant);
    return new HiddenLiterals(ProtectedColumns.of(job.steps())).in(evaluation);
  }

  private JobResult rescore(
      RunRecord published, RunIdentity identity, FoundInputs inputs, PastRuns past) {
    Instant instant = lane.clock().instant();
    Evaluation evaluation =
        score(
            published.snapshot(),
            published.parentSnapshot(),
            inputs,
            new RunFiles(lane, names).of(inputs, published),
            instant);
    Score score = Score.of(evaluation.outcomes());
    GateDecision decision =
        Gate.decide(job.gate(), score, evaluation.outcomes(), published.counts(), false);
    RunRecord run =
        new RunRecord(
            UUID.randomUUID().toString(),
            job.pipeline(),
            job.name(),
            table,
            dataDate,
            RunState.PUBLISHED,
            lane.clock().instant(),
            started,
            identity.identity(),
            identity.content(),
            ruleset.fingerprint(),
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
            job.gate().scope());
    lane.ledger()
        .recordScoring(
            run,
            evaluation.outcomes(),
            evaluation.metrics(),
            lane.ledger().quarantineCounts(published.runId()));
    return result(run, JobResult.Ending.RESCORED, evaluation, List.of(), past);
  }

  private JobResult result(
      RunRecord run,
      JobResult.Ending ending,
      Evaluation evaluation,
      List<dev.assay.model.QuarantineCount> quarantine,
      PastRuns past) {
    boolean wanting =
        run.state() == RunState.HELD
            || (ending == JobResult.Ending.RESCORED && !run.gateReasons().isEmpty());
    return new JobResult(
        job.name(),
        table,
        ending,
        Optional.of(run),
        evaluation.outcomes(),
        quarantine,
        past.publishedBefore(run),
        wanting ? ExitKind.HELD : ExitKind.OK,
        "");
  }

  /** The identity of a run: equal identity, nothing to do. */
  record RunIdentity(Fingerprint identity, Fingerprint content) {
    static RunIdentity of(
        Job job, LocalDate dataDate, Ruleset ruleset, FoundInputs inputs, List<String> read) {
      Fingerprint content =
          Fingerprint.of(
              job.contentFingerprint().hex(),
              job.dated() ? dataDate.toString() : "",
              String.join("\n", read));
      return new RunIdentity(
          Fingerprint.of(
              content.hex(),
              job.fingerprint().hex(),
              ruleset.fingerprint().hex(),
              new TreeMap<>(inputs.references()).toString()),
          content);
    }
  }
}
