package dev.assay.pipeline;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.model.job.Job;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RawFiles;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.PartOfTable;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.iceberg.IcebergTable;
import dev.assay.rules.evidence.iceberg.SnapshotBatch;
import dev.assay.rules.parse.Ruleset;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.Table;

/** Puts a ruleset to one snapshot of a table, or to what it wrote. */
final class Scoring {
  private final Lane lane;

  Scoring(Lane lane) {
    this.lane = lane;
  }

  /**
   * Scores in the scope of the job's gate.
   *
   * @param parent what the snapshot's batch is told from; empty for a first load
   */
  Evaluation score(
      TableName table,
      long snapshot,
      Optional<Long> parent,
      Ruleset ruleset,
      Job job,
      Map<String, Long> references,
      RawFiles files,
      Instant evaluationInstant) {
    Map<String, SlicedTable> compared = new HashMap<>();
    references.forEach(
        (alias, id) ->
            compared.put(alias, slices(Objects.requireNonNull(job.references().get(alias)), id)));
    ScoreScope scope = job.gate().scope();
    try (PartOfTable scored = scored(table, snapshot, parent, scope)) {
      return new RulesetEvaluator(lane.evidence(), EvidenceOptions.ALL, files)
          .evaluate(
              scored,
              ruleset,
              compared,
              evaluationInstant,
              LedgerHistory.of(lane.ledger(), table, evaluationInstant, scope));
    }
  }

  private PartOfTable scored(
      TableName table, long snapshot, Optional<Long> parent, ScoreScope scope) {
    SlicedTable whole = slices(table, snapshot);
    return scope == ScoreScope.BATCH
        ? SnapshotBatch.of(whole, lane.catalog().find(table).orElseThrow(), snapshot, parent)
        : PartOfTable.all(whole);
  }

  private SlicedTable slices(TableName table, long snapshot) {
    Table found = lane.catalog().find(table).orElseThrow();
    if (found.snapshot(snapshot) == null) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "%s: snapshot %d is not there any more, so it cannot be scored again. If it was given up because rows of it were forgotten, run the job with --force: it publishes anew what its input holds now."
              .formatted(table, snapshot));
    }
    return new IcebergTable(lane.spark(), lane.catalog().sparkName(table), found, snapshot);
  }
}
