package dev.assay.lake.iceberg;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.job.Input;
import java.util.Set;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What was appended to a table between two of its snapshots. */
public final class Changes {
  private static final Set<String> REWRITES =
      Set.of(DataOperations.OVERWRITE, DataOperations.DELETE);

  private Changes() {}

  /**
   * Checks that the range can be read.
   *
   * @param start the last snapshot that was read; the range begins after it
   * @throws UnreadableInputException if the start has expired, is on another line of history, or
   *     rows were changed or deleted in the range and the input does not allow it
   */
  public static void check(LakeCatalog catalog, Input.Table input, long start, long end) {
    Table table = catalog.find(input.table()).orElseThrow();
    if (table.snapshot(start) == null) {
      throw refused(
          input,
          "the last snapshot read (%d) has expired, so what changed since is not known"
              .formatted(start),
          "Read the whole table once with read: latest and mode merge, and keep snapshots longer.");
    }
    if (!SnapshotUtil.isAncestorOf(table, end, start)) {
      throw refused(
          input,
          "the last snapshot read (%d) is not in the table's history any more; it was rolled back"
              .formatted(start),
          "Read the whole table once with read: latest and mode merge.");
    }
    if (input.onRewrite() == Input.Table.OnRewrite.IGNORE) {
      return;
    }
    for (Snapshot snapshot : SnapshotUtil.ancestorsBetween(end, start, table::snapshot)) {
      if (REWRITES.contains(snapshot.operation())) {
        throw refused(
            input,
            "snapshot %d changed or deleted rows (%s), and changes are read as appended rows"
                .formatted(snapshot.snapshotId(), snapshot.operation()),
            "Read the whole table with read: latest, or set on-rewrite: ignore to read only what was appended.");
      }
    }
  }

  /** The rows appended after {@code start} and up to {@code end}. */
  public static Dataset<Row> read(
      SparkSession spark, LakeCatalog catalog, Input.Table input, long start, long end) {
    return spark
        .read()
        .format("iceberg")
        .option("start-snapshot-id", Long.toString(start))
        .option("end-snapshot-id", Long.toString(end))
        .load(catalog.sparkName(input.table()));
  }

  private static UnreadableInputException refused(Input.Table input, String found, String remedy) {
    return new UnreadableInputException(input.table().toString(), found, remedy);
  }
}
