package dev.assay.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the ledger keeps of a run, as of one state.
 *
 * @param dataDate the business date the run was for
 * @param identity job, data date and input together; equal identity means nothing to do
 * @param content the part of the identity that decides the rows; equal content with another
 *     identity means that only rules or gate changed
 * @param inputs files and snapshots read, one text each
 * @param parentSnapshot main's snapshot when the run staged; empty for a first load
 * @param snapshot the staged snapshot, which becomes main's when published; main's, or 0, if
 *     nothing was staged
 * @param branch where it is staged; empty if it is held before that
 * @param counts where the rows of the input went
 * @param merged what a merge did, for merges
 * @param gateReasons why the gate held it
 * @param note who overrode or discarded it and why
 * @param evaluationInstant what {@code now()} meant in its rules
 * @param scope which rows its rules were put to
 * @param references the tables that its rules compared with, by alias: {@code table@snapshot}
 */
public record RunRecord(
    String runId,
    String pipeline,
    String job,
    TableName table,
    LocalDate dataDate,
    RunState state,
    Instant stateAt,
    Instant startedAt,
    Fingerprint identity,
    Fingerprint content,
    Fingerprint ruleset,
    List<String> inputs,
    Optional<Long> parentSnapshot,
    long snapshot,
    String branch,
    Score score,
    RowCounts counts,
    Optional<MergeCounts> merged,
    List<String> gateReasons,
    String note,
    String productVersion,
    Instant evaluationInstant,
    ScoreScope scope,
    Map<String, String> references) {
  public RunRecord {
    inputs = List.copyOf(inputs);
    gateReasons = List.copyOf(gateReasons);
    references = Map.copyOf(references);
  }

  /**
   * Whether anything was staged. A run whose columns have to be looked at first is held without.
   */
  public boolean isStaged() {
    return !branch.isEmpty();
  }

  /** The same run in a later state. */
  public RunRecord in(RunState next, Instant at, String why) {
    return new RunRecord(
        runId,
        pipeline,
        job,
        table,
        dataDate,
        next,
        at,
        startedAt,
        identity,
        content,
        ruleset,
        inputs,
        parentSnapshot,
        snapshot,
        branch,
        score,
        counts,
        merged,
        gateReasons,
        why,
        productVersion,
        evaluationInstant,
        scope,
        references);
  }

  /** The same run, held for these reasons. */
  public RunRecord held(Instant at, List<String> reasons) {
    return new RunRecord(
        runId,
        pipeline,
        job,
        table,
        dataDate,
        RunState.HELD,
        at,
        startedAt,
        identity,
        content,
        ruleset,
        inputs,
        parentSnapshot,
        snapshot,
        branch,
        score,
        counts,
        merged,
        reasons,
        note,
        productVersion,
        evaluationInstant,
        scope,
        references);
  }
}
