package dev.assay.pipeline;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RowCounts;
import dev.assay.model.TableName;

/** Counts must agree, or the run fails before it publishes anything. */
final class Reconciliation {
  private Reconciliation() {}

  static void check(TableName table, String what, long counted, long inTable) {
    if (counted != inTable) {
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "%s: %,d rows should be %s and Iceberg counts %,d. Nothing was published; please report this."
              .formatted(table, counted, what, inTable));
    }
  }

  static void check(TableName table, RowCounts counts) {
    if (!counts.reconciles()) {
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "%s: %,d rows read, but %,d written + %,d filtered + %,d duplicates + %,d quarantined. Nothing was published; please report this."
              .formatted(
                  table,
                  counts.read(),
                  counts.written(),
                  counts.filteredTotal(),
                  counts.duplicatesTotal(),
                  counts.quarantined()));
    }
  }
}
