package dev.assay.pipeline;

import dev.assay.model.TableName;
import dev.assay.model.job.Job;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.iceberg.IcebergTable;
import dev.assay.rules.parse.Ruleset;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Puts a ruleset to one snapshot of a table. */
final class Scoring {
  private final Lane lane;

  Scoring(Lane lane) {
    this.lane = lane;
  }

  Evaluation score(
      TableName table,
      long snapshot,
      Ruleset ruleset,
      Job job,
      Map<String, Long> references,
      Instant evaluationInstant) {
    Map<String, SlicedTable> compared = new HashMap<>();
    references.forEach(
        (alias, id) ->
            compared.put(alias, slices(Objects.requireNonNull(job.references().get(alias)), id)));
    return new RulesetEvaluator(lane.evidence(), EvidenceOptions.ALL)
        .evaluate(
            slices(table, snapshot),
            ruleset,
            compared,
            evaluationInstant,
            LedgerHistory.of(lane.ledger(), table, evaluationInstant));
  }

  private SlicedTable slices(TableName table, long snapshot) {
    return new IcebergTable(
        lane.spark(),
        lane.catalog().sparkName(table),
        lane.catalog().find(table).orElseThrow(),
        snapshot);
  }
}
