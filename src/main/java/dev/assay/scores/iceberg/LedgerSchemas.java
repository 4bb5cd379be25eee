package dev.assay.scores.iceberg;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The columns of the ledger's tables. Field ids are never used again for something else. */
final class LedgerSchemas {
  static final Schema RUNS =
      new Schema(
          text(1, "run_id"),
          text(2, "pipeline"),
          text(3, "job"),
          text(4, "table_name"),
          NestedField.required(5, "data_date", Types.DateType.get()),
          text(6, "state"),
          at(7, "at"),
          at(8, "started_at"),
          text(9, "identity"),
          text(10, "content_fingerprint"),
          text(11, "ruleset_fingerprint"),
          texts(12, "inputs"),
          optionalLong(14, "parent_snapshot_id"),
          NestedField.required(15, "snapshot_id", Types.LongType.get()),
          text(16, "branch"),
          NestedField.optional(17, "score", Types.DecimalType.of(9, 6)),
          NestedField.required(18, "coverage", Types.DecimalType.of(9, 6)),
          count(19, "rules_passed"),
          count(20, "rules_failed"),
          count(21, "rules_unanswered"),
          NestedField.required(22, "rows_read", Types.LongType.get()),
          counts(23, "rows_filtered"),
          counts(26, "rows_duplicate"),
          NestedField.required(29, "rows_quarantined", Types.LongType.get()),
          NestedField.required(30, "rows_written", Types.LongType.get()),
          optionalLong(31, "rows_inserted"),
          optionalLong(32, "rows_updated"),
          optionalLong(33, "rows_deleted"),
          optionalLong(34, "rows_unchanged"),
          texts(35, "gate_reasons"),
          text(37, "note"),
          text(38, "product_version"),
          at(39, "evaluation_instant"),
          NestedField.optional(40, "scope", Types.StringType.get()),
          NestedField.optional(
              41,
              "references",
              Types.MapType.ofRequired(42, 43, Types.StringType.get(), Types.StringType.get())));

  static final Schema OUTCOMES =
      new Schema(
          text(1, "run_id"),
          text(2, "table_name"),
          count(3, "ordinal"),
          text(4, "rule"),
          text(5, "type"),
          texts(6, "columns"),
          NestedField.required(
              8,
              "labels",
              Types.MapType.ofRequired(9, 10, Types.StringType.get(), Types.StringType.get())),
          text(11, "verdict"),
          NestedField.optional(12, "reason", Types.StringType.get()),
          text(13, "observed"),
          NestedField.optional(14, "measured", Types.DoubleType.get()),
          text(15, "message"),
          optionalLong(16, "failing_rows"),
          at(17, "at"),
          NestedField.optional(18, "evidence", Types.StringType.get()),
          optionalLong(19, "slices_metadata"),
          optionalLong(20, "slices_stored"),
          optionalLong(21, "slices_scanned"),
          optionalLong(22, "rows_scanned"),
          optionalLong(23, "bytes_scanned"),
          optionalLong(24, "millis"),
          NestedField.optional(
              25,
              "failing_by_partition",
              Types.MapType.ofRequired(26, 27, Types.StringType.get(), Types.LongType.get())));

  static final Schema METRICS =
      new Schema(
          text(1, "run_id"),
          text(2, "table_name"),
          text(3, "name"),
          texts(4, "columns"),
          text(6, "detail"),
          NestedField.required(7, "value", Types.DoubleType.get()),
          at(8, "at"),
          NestedField.optional(9, "metric_id", Types.StringType.get()));

  static final Schema QUARANTINE_COUNTS =
      new Schema(
          text(1, "run_id"),
          text(2, "table_name"),
          text(3, "kind"),
          NestedField.optional(4, "column", Types.StringType.get()),
          text(5, "detail"),
          NestedField.required(6, "row_count", Types.LongType.get()),
          at(7, "at"));

  static final Schema COSTS =
      new Schema(
          text(1, "run_id"),
          at(2, "at"),
          text(3, "pipeline"),
          text(4, "domain"),
          text(5, "job"),
          text(6, "table_name"),
          text(7, "purpose"),
          text(8, "service"),
          counts(9, "quantities"),
          NestedField.required(12, "amount", Types.DecimalType.of(18, 6)),
          text(13, "currency"));

  /**
   * A run's lineage: a row per input ({@code INPUT}), per column of its table ({@code COLUMN}), and
   * per column that one of these ({@code SOURCE}), or which rows there are ({@code ROWS}), depends
   * on.
   */
  static final Schema LINEAGE =
      new Schema(
          text(1, "run_id"),
          text(2, "table_name"),
          text(3, "kind"),
          count(4, "ordinal"),
          NestedField.optional(5, "column", Types.StringType.get()),
          NestedField.optional(6, "type", Types.StringType.get()),
          NestedField.optional(7, "input", Types.StringType.get()),
          NestedField.optional(8, "input_table", Types.StringType.get()),
          optionalLong(9, "input_snapshot_id"),
          NestedField.optional(10, "input_location", Types.StringType.get()),
          NestedField.optional(11, "input_column", Types.StringType.get()),
          NestedField.optional(12, "relation", Types.StringType.get()),
          NestedField.optional(13, "masked", Types.BooleanType.get()),
          at(14, "at"));

  private LedgerSchemas() {}

  private static NestedField text(int id, String name) {
    return NestedField.required(id, name, Types.StringType.get());
  }

  private static NestedField at(int id, String name) {
    return NestedField.required(id, name, Types.TimestampType.withZone());
  }

  private static NestedField count(int id, String name) {
    return NestedField.required(id, name, Types.IntegerType.get());
  }

  private static NestedField optionalLong(int id, String name) {
    return NestedField.optional(id, name, Types.LongType.get());
  }

  /** Takes the id after its own too. */
  private static NestedField texts(int id, String name) {
    return NestedField.required(
        id, name, Types.ListType.ofRequired(id + 1, Types.StringType.get()));
  }

  /** Takes the two ids after its own too. */
  private static NestedField counts(int id, String name) {
    return NestedField.required(
        id,
        name,
        Types.MapType.ofRequired(id + 1, id + 2, Types.StringType.get(), Types.LongType.get()));
  }
}
