package dev.assay.pipeline;

import dev.assay.model.TableName;
import dev.assay.model.job.Job;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RawFiles;
import dev.assay.rules.parse.Ruleset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * What one run has to do.
 *
 * @param runId of the run, if it becomes one
 * @param names how its input files are called where people read it
 * @param started when the run began
 */
record Assignment(
    String runId,
    Lane lane,
    Job job,
    LocalDate dataDate,
    Ruleset ruleset,
    ShownFiles names,
    Instant started) {
  static Assignment of(Lane lane, Job job, LocalDate dataDate, Ruleset ruleset) {
    return new Assignment(
        UUID.randomUUID().toString(),
        lane,
        job,
        dataDate,
        ruleset,
        new ShownFiles(job, lane.protector()),
        lane.clock().instant());
  }

  TableName table() {
    return job.output().table();
  }

  /** The data date, if the job's rows depend on it. */
  Optional<LocalDate> date() {
    return job.dated() ? Optional.of(dataDate) : Optional.empty();
  }

  /**
   * Puts the ruleset to a snapshot.
   *
   * @param parent the snapshot that was main's before; empty for a first load
   */
  Evaluation score(
      long snapshot, Optional<Long> parent, FoundInputs inputs, RawFiles files, Instant instant) {
    Evaluation evaluation =
        new Scoring(lane)
            .score(table(), snapshot, parent, ruleset, job, inputs.references(), files, instant);
    return new HiddenLiterals(ProtectedColumns.of(job.steps())).in(evaluation);
  }
}
