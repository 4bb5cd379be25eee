package dev.assay.scores.iceberg;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The columns of the ledger's tables. Field ids are never used again for something else. */
final class LedgerSchemas {
  static final Schema RUNS =
      new Schema(
          text(1, "run_id", "of the run, a UUID"),
          text(2, "pipeline", "the pipeline of the job"),
          text(3, "job", "the name of the job"),
          text(4, "table_name", "the table it writes"),
          NestedField.required(
              5, "data_date", Types.DateType.get(), "the business date the run was for"),
          text(6, "state", "STAGED, PUBLISHED, HELD or DISCARDED"),
          at(7, "at", "when it came into this state"),
          at(8, "started_at", "when it began"),
          text(9, "identity", "job, data date and input together: equal means nothing to do"),
          text(10, "content_fingerprint", "the part of the identity that decides the rows"),
          text(11, "ruleset_fingerprint", "of the ruleset without comments and white space"),
          texts(12, "inputs", "files and snapshots read"),
          optionalLong(
              14,
              "parent_snapshot_id",
              "main's snapshot when the run staged; none for a first load"),
          NestedField.required(
              15,
              "snapshot_id",
              Types.LongType.get(),
              "the staged snapshot, which becomes main's when published"),
          text(16, "branch", "where it was staged"),
          NestedField.optional(
              17,
              "score",
              Types.DecimalType.of(9, 6),
              "from 0 to 100; none if no rule was answered"),
          NestedField.required(
              18, "coverage", Types.DecimalType.of(9, 6), "answered rules in percent of all"),
          count(19, "rules_passed", "that count in the score"),
          count(20, "rules_failed", "that count in the score"),
          count(21, "rules_unanswered", "that would count in the score"),
          NestedField.required(22, "rows_read", Types.LongType.get(), "of the input"),
          counts(23, "rows_filtered", "left out by filters, by step"),
          counts(26, "rows_duplicate", "left out as duplicates, by step"),
          NestedField.required(29, "rows_quarantined", Types.LongType.get(), "set aside"),
          NestedField.required(
              30, "rows_written", Types.LongType.get(), "in the staged snapshot, by this run"),
          optionalLong(31, "rows_inserted", "of a merge"),
          optionalLong(32, "rows_updated", "of a merge"),
          optionalLong(33, "rows_deleted", "of a merge"),
          optionalLong(34, "rows_unchanged", "of a merge"),
          texts(35, "gate_reasons", "why the gate held it"),
          text(37, "note", "who approved or discarded it and why, and what the run remarked"),
          text(38, "product_version", "Assay's version"),
          at(39, "evaluation_instant", "what now() meant in its rules"),
          NestedField.optional(
              40,
              "scope",
              Types.StringType.get(),
              "which rows its rules were put to: the table or the batch"),
          NestedField.optional(
              41,
              "references",
              Types.MapType.ofRequired(42, 43, Types.StringType.get(), Types.StringType.get()),
              "tables its rules compared with, by alias: table@snapshot"));

  static final Schema OUTCOMES =
      new Schema(
          text(1, "run_id", "of the run that was scored"),
          text(2, "table_name", "the table that was scored"),
          count(3, "ordinal", "position in the ruleset, first is 1"),
          text(4, "rule", "as written, white space folded, labels left out"),
          text(5, "type", "the rule type, or Composite"),
          texts(6, "columns", "that the rule speaks of; none if it is about the table"),
          NestedField.required(
              8,
              "labels",
              Types.MapType.ofRequired(9, 10, Types.StringType.get(), Types.StringType.get()),
              "default labels included"),
          text(11, "verdict", "PASSED, FAILED or UNANSWERED"),
          NestedField.optional(12, "reason", Types.StringType.get(), "why it is unanswered"),
          text(13, "observed", "what was measured, in words"),
          NestedField.optional(
              14,
              "measured",
              Types.DoubleType.get(),
              "the number the condition was put to, if there is exactly one"),
          text(15, "message", "a sentence on a failed or unanswered rule; never a value of a row"),
          optionalLong(16, "failing_rows", "that break it, of rules that count rows"),
          at(17, "at", "when it was scored"),
          NestedField.optional(
              18,
              "evidence",
              Types.StringType.get(),
              "METADATA, STORED or SCAN: the dearest that was needed"),
          optionalLong(19, "slices_metadata", "data files answered from metadata"),
          optionalLong(20, "slices_stored", "data files answered from stored evidence"),
          optionalLong(21, "slices_scanned", "data files whose rows were read"),
          optionalLong(22, "rows_scanned", "rows read for it"),
          optionalLong(23, "bytes_scanned", "compressed bytes read for it"),
          optionalLong(24, "millis", "its share of the time of the passes it took part in"),
          NestedField.optional(
              25,
              "failing_by_partition",
              Types.MapType.ofRequired(26, 27, Types.StringType.get(), Types.LongType.get()),
              "rows that break it, by partition"));

  static final Schema METRICS =
      new Schema(
          text(1, "run_id", "of the run that was scored"),
          text(2, "table_name", "the table that was scored"),
          text(3, "name", "what was measured"),
          texts(4, "columns", "of which columns"),
          text(6, "detail", "which part of a measurement of several numbers"),
          NestedField.required(7, "value", Types.DoubleType.get(), "the number"),
          at(8, "at", "when it was measured"),
          NestedField.optional(
              9,
              "metric_id",
              Types.StringType.get(),
              "of the question that was asked, also its where"));

  static final Schema QUARANTINE_COUNTS =
      new Schema(
          text(1, "run_id", "of the run that set them aside"),
          text(2, "table_name", "the table they were meant for"),
          text(3, "kind", "of the reason, such as ROW_RULE"),
          NestedField.optional(4, "column", Types.StringType.get(), "that the reason is about"),
          text(5, "detail", "what is wrong, or the name of the row rule"),
          NestedField.required(
              6,
              "row_count",
              Types.LongType.get(),
              "rows with this reason; a row may have several"),
          at(7, "at", "when the run was scored"));

  static final Schema COSTS =
      new Schema(
          text(1, "run_id", "of the run that spent it"),
          at(2, "at", "when"),
          text(3, "pipeline", "of the job"),
          text(4, "domain", "of the pipeline"),
          text(5, "job", "the name of the job"),
          text(6, "table_name", "the table it writes"),
          text(7, "purpose", "what it was spent on"),
          text(8, "service", "who is paid"),
          counts(9, "quantities", "what the service charges for, by unit"),
          NestedField.required(
              12, "amount", Types.DecimalType.of(18, 6), "by the profile's prices"),
          text(13, "currency", "of the amount"));

  /**
   * A run's lineage: a row per input ({@code INPUT}), per column of its table ({@code COLUMN}), and
   * per column that one of these ({@code SOURCE}), or which rows there are ({@code ROWS}), depends
   * on.
   */
  static final Schema LINEAGE =
      new Schema(
          text(1, "run_id", "of the run"),
          text(2, "table_name", "the table it wrote"),
          text(3, "kind", "INPUT, COLUMN, SOURCE or ROWS: what the row is about"),
          count(4, "ordinal", "order within the run"),
          NestedField.optional(
              5, "column", Types.StringType.get(), "of the table that was written"),
          NestedField.optional(6, "type", Types.StringType.get(), "the column's type"),
          NestedField.optional(7, "input", Types.StringType.get(), "alias of the input"),
          NestedField.optional(8, "input_table", Types.StringType.get(), "the table read"),
          optionalLong(9, "input_snapshot_id", "the snapshot read"),
          NestedField.optional(
              10, "input_location", Types.StringType.get(), "where files were looked for"),
          NestedField.optional(11, "input_column", Types.StringType.get(), "of the input"),
          NestedField.optional(
              12,
              "relation",
              Types.StringType.get(),
              "how the column, or which rows there are, depends on it"),
          NestedField.optional(
              13, "masked", Types.BooleanType.get(), "whether a protection stands before it"),
          at(14, "at", "when the run was scored"));

  private LedgerSchemas() {}

  private static NestedField text(int id, String name, String doc) {
    return NestedField.required(id, name, Types.StringType.get(), doc);
  }

  private static NestedField at(int id, String name, String doc) {
    return NestedField.required(id, name, Types.TimestampType.withZone(), doc);
  }

  private static NestedField count(int id, String name, String doc) {
    return NestedField.required(id, name, Types.IntegerType.get(), doc);
  }

  private static NestedField optionalLong(int id, String name, String doc) {
    return NestedField.optional(id, name, Types.LongType.get(), doc);
  }

  /** Takes the id after its own too. */
  private static NestedField texts(int id, String name, String doc) {
    return NestedField.required(
        id, name, Types.ListType.ofRequired(id + 1, Types.StringType.get()), doc);
  }

  /** Takes the two ids after its own too. */
  private static NestedField counts(int id, String name, String doc) {
    return NestedField.required(
        id,
        name,
        Types.MapType.ofRequired(id + 1, id + 2, Types.StringType.get(), Types.LongType.get()),
        doc);
  }
}
