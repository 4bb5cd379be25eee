package dev.assay.cli;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.rules.evidence.PartOfTable;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.iceberg.IcebergTable;
import dev.assay.rules.evidence.iceberg.SnapshotBatch;
import java.time.Instant;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.SparkSession;

/** Tables to be scored, by name and snapshot. */
final class TablesOfCatalog {
  private final LakeCatalog catalog;

  TablesOfCatalog(LakeCatalog catalog) {
    this.catalog = catalog;
  }

  Table find(TableName name) {
    return catalog
        .find(name)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.INPUT_MISSING, "There is no table %s.".formatted(name)));
  }

  /** The rows of a snapshot that are to be scored. */
  PartOfTable scope(SparkSession spark, TableName name, long snapshot, ScoreScope scope) {
    SlicedTable whole = asOf(spark, name, snapshot);
    Table table = find(name);
    return scope == ScoreScope.BATCH
        ? SnapshotBatch.of(
            whole, table, snapshot, Optional.ofNullable(table.snapshot(snapshot).parentId()))
        : PartOfTable.all(whole);
  }

  SlicedTable newest(SparkSession spark, TableName name) {
    return asOf(spark, name, current(name).snapshotId());
  }

  Snapshot current(TableName name) {
    Snapshot snapshot = find(name).currentSnapshot();
    if (snapshot == null) {
      throw new AssayException(ExitKind.INPUT_MISSING, "%s was never written to.".formatted(name));
    }
    return snapshot;
  }

  SlicedTable asOf(SparkSession spark, TableName name, long snapshot) {
    committed(name, snapshot);
    return new IcebergTable(spark, catalog.sparkName(name), find(name), snapshot);
  }

  /**
   * What a table was at an instant.
   *
   * @return empty if it had no snapshot then that is still there
   */
  Optional<SlicedTable> at(SparkSession spark, TableName name, Instant instant) {
    Table table = find(name);
    return Optional.ofNullable(
            SnapshotUtil.nullableSnapshotIdAsOfTime(table, instant.toEpochMilli()))
        .filter(snapshot -> table.snapshot(snapshot) != null)
        .map(snapshot -> asOf(spark, name, snapshot));
  }

  /** When a snapshot was committed: what {@code now()} means for it. */
  Instant committed(TableName name, long snapshot) {
    Snapshot found = find(name).snapshot(snapshot);
    if (found == null) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "%s has no snapshot %d; it may have expired. 'assay history %s --json' lists those of its runs."
              .formatted(name, snapshot, name));
    }
    return Instant.ofEpochMilli(found.timestampMillis());
  }
}
