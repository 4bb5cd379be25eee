package dev.assay.pipeline;

import dev.assay.lake.iceberg.Staging;
import dev.assay.model.TableName;
import dev.assay.model.job.Job;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.parse.Ruleset;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
    Map<String, Dataset<Row>> compared = new HashMap<>();
    references.forEach(
        (alias, id) ->
            compared.put(
                alias,
                Staging.read(
                    lane.spark(),
                    lane.catalog(),
                    Objects.requireNonNull(job.references().get(alias)),
                    id)));
    return new RulesetEvaluator()
        .evaluate(
            Staging.read(lane.spark(), lane.catalog(), table, snapshot),
            ruleset,
            compared,
            evaluationInstant);
  }
}
