package dev.assay.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.Trace;
import java.util.List;
import java.util.TreeMap;

/** Runs and outcomes as JSON. Keys are those of the ledger's columns. */
public final class RunJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunJson() {}

  /** A list of runs. */
  public static String of(List<RunRecord> runs) {
    ArrayNode list = JSON.createArrayNode();
    runs.forEach(run -> describe(run, list.addObject()));
    return text(list);
  }

  /** The reports of tables, with outcomes and quarantine counts. */
  public static String ofReports(List<TableReport> reports) {
    ArrayNode list = JSON.createArrayNode();
    for (TableReport report : reports) {
      ObjectNode node = list.addObject();
      describe(report.run(), node);
      ArrayNode outcomes = node.putArray("outcomes");
      report.outcomes().forEach(outcome -> describe(outcome, outcomes.addObject()));
      ArrayNode lost = node.putArray("points_lost");
      report
          .explanation()
          .lost()
          .forEach(
              one ->
                  lost.addObject().put("rule", one.outcome().rule()).put("points", one.points()));
      ArrayNode partitions = node.putArray("points_lost_by_partition");
      report
          .explanation()
          .lostByPartition()
          .forEach(
              loss ->
                  partitions
                      .addObject()
                      .put("partition", loss.partition())
                      .put("rule", loss.outcome().rule())
                      .put("rows", loss.rows())
                      .put("points", loss.points()));
      ArrayNode quarantine = node.putArray("quarantine");
      report.quarantine().forEach(count -> describe(count, quarantine.addObject()));
    }
    return text(list);
  }

  static void describe(RunRecord run, ObjectNode node) {
    node.put("run_id", run.runId());
    node.put("pipeline", run.pipeline());
    node.put("job", run.job());
    node.put("table_name", run.table().toString());
    node.put("data_date", run.dataDate().toString());
    node.put("state", run.state().name());
    node.put("started_at", run.startedAt().toString());
    node.put("snapshot_id", run.snapshot());
    node.put("scope", run.scope().name());
    ObjectNode references = node.putObject("references");
    new TreeMap<>(run.references()).forEach(references::put);
    run.score().value().ifPresent(score -> node.put("score", score));
    node.put("coverage", run.score().coverage());
    node.put("rules_passed", run.score().passed());
    node.put("rules_failed", run.score().failed());
    node.put("rules_unanswered", run.score().unanswered());
    node.put("rows_read", run.counts().read());
    node.put("rows_filtered", run.counts().filteredTotal());
    node.put("rows_duplicate", run.counts().duplicatesTotal());
    node.put("rows_quarantined", run.counts().quarantined());
    node.put("rows_written", run.counts().written());
    ArrayNode reasons = node.putArray("gate_reasons");
    run.gateReasons().forEach(reasons::add);
    node.put("note", run.note());
    node.put("ruleset_fingerprint", run.ruleset().hex());
    node.put("evaluation_instant", run.evaluationInstant().toString());
    node.put("product_version", run.productVersion());
  }

  static void describe(RuleOutcome outcome, ObjectNode node) {
    node.put("ordinal", outcome.ordinal());
    node.put("rule", outcome.rule());
    node.put("type", outcome.type());
    ArrayNode columns = node.putArray("columns");
    outcome.columns().forEach(columns::add);
    node.put("verdict", outcome.verdict().name());
    outcome.reason().ifPresent(reason -> node.put("reason", reason.name()));
    node.put("observed", outcome.observed());
    outcome.measured().ifPresent(measured -> node.put("measured", measured));
    node.put("message", outcome.message());
    outcome.failingRows().ifPresent(rows -> node.put("failing_rows", rows));
    Trace trace = outcome.cost().trace();
    node.put("evidence", trace.source());
    node.put("slices_metadata", trace.metadataSlices());
    node.put("slices_stored", trace.storedSlices());
    node.put("slices_scanned", trace.scannedSlices());
    node.put("rows_scanned", trace.scannedRows());
    node.put("bytes_scanned", trace.scannedBytes());
    node.put("millis", trace.millis());
    if (!outcome.cost().failingByPartition().isEmpty()) {
      ObjectNode partitions = node.putObject("failing_by_partition");
      new TreeMap<>(outcome.cost().failingByPartition()).forEach(partitions::put);
    }
  }

  private static void describe(QuarantineCount count, ObjectNode node) {
    node.put("kind", count.kind());
    count.column().ifPresent(column -> node.put("column", column));
    node.put("detail", count.detail());
    node.put("rows", count.rows());
  }

  private static String text(ArrayNode list) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }
}
