package dev.assay.lake.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.MergeCounts;
import dev.assay.model.TableName;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;

/** Holds what a merge was counted to do against what Iceberg says was written. */
final class MergeCheck {
  private MergeCheck() {}

  /**
   * Compares by how many rows the table grew.
   *
   * @param before the snapshot that was merged into
   * @throws AssayException if they differ
   */
  static void require(TableName table, MergeCounts counts, Snapshot staged, Optional<Long> before) {
    long counted = counts.inserted() - counts.deleted();
    boolean nothingWritten = before.filter(id -> id == staged.snapshotId()).isPresent();
    Map<String, String> summary = staged.summary();
    if (!nothingWritten
        && (summary.containsKey(SnapshotSummary.ADDED_EQ_DELETES_PROP)
            || summary.containsKey(SnapshotSummary.REMOVED_EQ_DELETES_PROP))) {
      // how many rows an equality delete takes away is not written down
      return;
    }
    long grown =
        nothingWritten
            ? 0
            : number(summary, SnapshotSummary.ADDED_RECORDS_PROP)
                - number(summary, SnapshotSummary.DELETED_RECORDS_PROP)
                - number(summary, SnapshotSummary.ADDED_POS_DELETES_PROP)
                + number(summary, SnapshotSummary.REMOVED_POS_DELETES_PROP);
    if (grown != counted) {
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "%s: the merge was counted to insert %,d and delete %,d rows, and the table grew by %,d. Nothing was published. Does the job's sql come to other rows each time?"
              .formatted(table, counts.inserted(), counts.deleted(), grown));
    }
  }

  private static long number(Map<String, String> summary, String property) {
    return Long.parseLong(summary.getOrDefault(property, "0"));
  }
}
