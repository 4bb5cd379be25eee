package dev.assay.pipeline;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.lake.iceberg.TableSettings;
import dev.assay.model.RunRecord;
import java.util.Map;
import java.util.TreeMap;

/**
 * The score of a table as its properties, for those who see the table and not the ledger: always
 * with the snapshot it belongs to.
 */
final class ScoreOnTable {
  private ScoreOnTable() {}

  /** Sets what a published run found. Repeating it changes nothing. */
  static void set(LakeCatalog catalog, RunRecord run) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(
        "assay.score", run.score().value().map(score -> score.toPlainString()).orElse("none"));
    facts.put("assay.coverage", run.score().coverage().toPlainString());
    facts.put("assay.snapshot-id", Long.toString(run.snapshot()));
    facts.put("assay.ruleset-fingerprint", run.ruleset().hex());
    facts.put("assay.data-date", run.dataDate().toString());
    facts.put("assay.run-id", run.runId());
    facts.put("assay.job", run.pipeline() + "/" + run.job());
    TableSettings.set(catalog.find(run.table()).orElseThrow(), facts);
  }
}
