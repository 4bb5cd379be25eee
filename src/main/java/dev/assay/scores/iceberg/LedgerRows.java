package dev.assay.scores.iceberg;

import dev.assay.model.Fingerprint;
import dev.assay.model.MergeCounts;
import dev.assay.model.Metric;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleCost;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.Spending;
import dev.assay.model.TableName;
import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Between our values and the rows of the ledger. */
final class LedgerRows {
  private LedgerRows() {}

  static Record of(RunRecord run) {
    Record row = GenericRecord.create(LedgerSchemas.RUNS);
    row.setField("run_id", run.runId());
    row.setField("pipeline", run.pipeline());
    row.setField("job", run.job());
    row.setField("table_name", run.table().toString());
    row.setField("data_date", run.dataDate());
    row.setField("state", run.state().name());
    row.setField("at", utc(run.stateAt()));
    row.setField("started_at", utc(run.startedAt()));
    row.setField("identity", run.identity().hex());
    row.setField("content_fingerprint", run.content().hex());
    row.setField("ruleset_fingerprint", run.ruleset().hex());
    row.setField("inputs", run.inputs());
    row.setField("parent_snapshot_id", run.parentSnapshot().orElse(null));
    row.setField("snapshot_id", run.snapshot());
    row.setField("branch", run.branch());
    row.setField("score", run.score().value().orElse(null));
    row.setField("coverage", run.score().coverage());
    row.setField("rules_passed", run.score().passed());
    row.setField("rules_failed", run.score().failed());
    row.setField("rules_unanswered", run.score().unanswered());
    row.setField("rows_read", run.counts().read());
    row.setField("rows_filtered", run.counts().filtered());
    row.setField("rows_duplicate", run.counts().duplicates());
    row.setField("rows_quarantined", run.counts().quarantined());
    row.setField("rows_written", run.counts().written());
    row.setField("rows_inserted", run.merged().map(MergeCounts::inserted).orElse(null));
    row.setField("rows_updated", run.merged().map(MergeCounts::updated).orElse(null));
    row.setField("rows_deleted", run.merged().map(MergeCounts::deleted).orElse(null));
    row.setField("rows_unchanged", run.merged().map(MergeCounts::unchanged).orElse(null));
    row.setField("gate_reasons", run.gateReasons());
    row.setField("note", run.note());
    row.setField("product_version", run.productVersion());
    row.setField("evaluation_instant", utc(run.evaluationInstant()));
    row.setField("scope", run.scope().name());
    row.setField("references", run.references());
    return row;
  }

  static Record of(Spending spending) {
    Record row = GenericRecord.create(LedgerSchemas.COSTS);
    row.setField("run_id", spending.runId());
    row.setField("at", utc(spending.at()));
    row.setField("pipeline", spending.pipeline());
    row.setField("domain", spending.domain());
    row.setField("job", spending.job());
    row.setField("table_name", spending.table().toString());
    row.setField("purpose", spending.purpose());
    row.setField("service", spending.service());
    row.setField("quantities", spending.quantities());
    row.setField("amount", spending.amount().setScale(6, RoundingMode.HALF_UP));
    row.setField("currency", spending.currency());
    return row;
  }

  static Spending spending(Record row) {
    return new Spending(
        text(row, "run_id"),
        instant(row, "at"),
        text(row, "pipeline"),
        text(row, "domain"),
        text(row, "job"),
        TableName.parse(text(row, "table_name")),
        text(row, "purpose"),
        text(row, "service"),
        counts(row, "quantities"),
        (BigDecimal) row.getField("amount"),
        text(row, "currency"));
  }

  static RunRecord run(Record row) {
    Long inserted = (Long) row.getField("rows_inserted");
    return new RunRecord(
        text(row, "run_id"),
        text(row, "pipeline"),
        text(row, "job"),
        TableName.parse(text(row, "table_name")),
        (LocalDate) row.getField("data_date"),
        RunState.valueOf(text(row, "state")),
        instant(row, "at"),
        instant(row, "started_at"),
        new Fingerprint(text(row, "identity")),
        new Fingerprint(text(row, "content_fingerprint")),
        new Fingerprint(text(row, "ruleset_fingerprint")),
        texts(row, "inputs"),
        Optional.ofNullable((Long) row.getField("parent_snapshot_id")),
        number(row, "snapshot_id"),
        text(row, "branch"),
        new Score(
            Optional.ofNullable((BigDecimal) row.getField("score")),
            (BigDecimal) row.getField("coverage"),
            (Integer) row.getField("rules_passed"),
            (Integer) row.getField("rules_failed"),
            (Integer) row.getField("rules_unanswered")),
        new RowCounts(
            number(row, "rows_read"),
            counts(row, "rows_filtered"),
            counts(row, "rows_duplicate"),
            number(row, "rows_quarantined"),
            number(row, "rows_written")),
        inserted == null
            ? Optional.empty()
            : Optional.of(
                new MergeCounts(
                    inserted,
                    number(row, "rows_updated"),
                    number(row, "rows_deleted"),
                    number(row, "rows_unchanged"))),
        texts(row, "gate_reasons"),
        text(row, "note"),
        text(row, "product_version"),
        instant(row, "evaluation_instant"),
        scope((String) row.getField("scope")),
        references(row));
  }

  /** Runs of versions that kept them only in the identity say none. */
  @SuppressWarnings("unchecked")
  private static Map<String, String> references(Record row) {
    Object references = row.getField("references");
    return references == null ? Map.of() : (Map<String, String>) references;
  }

  /** Runs of versions that knew one scope only say none. */
  private static ScoreScope scope(@Nullable String name) {
    return name == null ? ScoreScope.TABLE : ScoreScope.valueOf(name);
  }

  static Record of(RunRecord run, RuleOutcome outcome) {
    Record row = GenericRecord.create(LedgerSchemas.OUTCOMES);
    row.setField("run_id", run.runId());
    row.setField("table_name", run.table().toString());
    row.setField("ordinal", outcome.ordinal());
    row.setField("rule", outcome.rule());
    row.setField("type", outcome.type());
    row.setField("columns", outcome.columns());
    row.setField("labels", outcome.labels());
    row.setField("verdict", outcome.verdict().name());
    row.setField("reason", outcome.reason().map(UnansweredReason::name).orElse(null));
    row.setField("observed", outcome.observed());
    row.setField("measured", outcome.measured().orElse(null));
    row.setField("message", outcome.message());
    row.setField("failing_rows", outcome.failingRows().orElse(null));
    row.setField("at", utc(run.stateAt()));
    Trace trace = outcome.cost().trace();
    row.setField("evidence", trace.source());
    row.setField("slices_metadata", (long) trace.metadataSlices());
    row.setField("slices_stored", (long) trace.storedSlices());
    row.setField("slices_scanned", (long) trace.scannedSlices());
    row.setField("rows_scanned", trace.scannedRows());
    row.setField("bytes_scanned", trace.scannedBytes());
    row.setField("millis", trace.millis());
    row.setField("failing_by_partition", outcome.cost().failingByPartition());
    return row;
  }

  /** What a rule cost; runs of earlier versions did not say. */
  @SuppressWarnings("unchecked")
  private static RuleCost cost(Record row) {
    if (row.getField("slices_scanned") == null) {
      return RuleCost.NONE;
    }
    return new RuleCost(
        new Trace(
            (int) number(row, "slices_metadata"),
            (int) number(row, "slices_stored"),
            (int) number(row, "slices_scanned"),
            number(row, "rows_scanned"),
            number(row, "bytes_scanned"),
            number(row, "millis")),
        (Map<String, Long>) row.getField("failing_by_partition"));
  }

  @SuppressWarnings("unchecked")
  static RuleOutcome outcome(Record row) {
    return new RuleOutcome(
        (Integer) row.getField("ordinal"),
        text(row, "rule"),
        text(row, "type"),
        texts(row, "columns"),
        (Map<String, String>) row.getField("labels"),
        RuleOutcome.Verdict.valueOf(text(row, "verdict")),
        Optional.ofNullable((String) row.getField("reason")).map(UnansweredReason::valueOf),
        text(row, "observed"),
        Optional.ofNullable((Double) row.getField("measured")),
        text(row, "message"),
        Optional.ofNullable((Long) row.getField("failing_rows")),
        cost(row));
  }

  static Record of(RunRecord run, Metric metric) {
    Record row = GenericRecord.create(LedgerSchemas.METRICS);
    row.setField("run_id", run.runId());
    row.setField("table_name", run.table().toString());
    row.setField("name", metric.name());
    row.setField("columns", metric.columns());
    row.setField("detail", metric.detail());
    row.setField("value", metric.value());
    row.setField("metric_id", metric.id());
    row.setField("at", utc(run.stateAt()));
    return row;
  }

  static Metric metric(Record row) {
    String detail = text(row, "detail");
    String id = (String) row.getField("metric_id");
    return new Metric(
        id == null ? Metric.idOf(text(row, "name"), texts(row, "columns"), detail) : id,
        text(row, "name"),
        texts(row, "columns"),
        detail,
        (Double) row.getField("value"));
  }

  static Record of(RunRecord run, QuarantineCount count) {
    Record row = GenericRecord.create(LedgerSchemas.QUARANTINE_COUNTS);
    row.setField("run_id", run.runId());
    row.setField("table_name", run.table().toString());
    row.setField("kind", count.kind());
    row.setField("column", count.column().orElse(null));
    row.setField("detail", count.detail());
    row.setField("row_count", count.rows());
    row.setField("at", utc(run.stateAt()));
    return row;
  }

  static QuarantineCount quarantineCount(Record row) {
    return new QuarantineCount(
        text(row, "kind"),
        Optional.ofNullable((@Nullable String) row.getField("column")),
        text(row, "detail"),
        number(row, "row_count"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.truncatedTo(java.time.temporal.ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(Record row, String field) {
    return ((OffsetDateTime) row.getField(field)).toInstant();
  }

  private static String text(Record row, String field) {
    return (String) row.getField(field);
  }

  private static long number(Record row, String field) {
    return (Long) row.getField(field);
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(Record row, String field) {
    return (List<String>) row.getField(field);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Long> counts(Record row, String field) {
    return (Map<String, Long>) row.getField(field);
  }
}
