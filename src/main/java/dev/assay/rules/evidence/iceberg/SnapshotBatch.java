package dev.assay.rules.evidence.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.rules.evidence.PartOfTable;
import dev.assay.rules.evidence.SlicedTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The rows that a snapshot wrote: those in data files that it has and its parent has not, without
 * the rows that are deleted in them. A data file of the parent is no part of it, also if the
 * snapshot deletes rows in it; a file that was rewritten to change some of its rows is, with all
 * its rows. A compaction writes no rows.
 */
public final class SnapshotBatch {
  private SnapshotBatch() {}

  /**
   * The batch.
   *
   * @param scored the snapshot
   * @param parent what it is compared with; empty if it is the first, which wrote all its rows
   * @throws AssayException if the parent has expired
   */
  public static PartOfTable of(
      SlicedTable scored, Table table, long snapshot, Optional<Long> parent) {
    if (parent.isEmpty()) {
      return PartOfTable.all(scored);
    }
    long before = parent.get();
    if (table.snapshot(before) == null) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "%s: snapshot %d, which snapshot %d came after, has expired, so nobody can tell what it wrote. Score the table as a whole."
              .formatted(table.name(), before, snapshot));
    }
    if (compacts(table.snapshot(snapshot), before)) {
      return PartOfTable.of(scored, java.util.List.of());
    }
    Set<String> old = locations(table, before);
    return PartOfTable.of(
        scored, scored.slices().stream().filter(slice -> !old.contains(slice.location())).toList());
  }

  private static boolean compacts(Snapshot snapshot, long before) {
    return DataOperations.REPLACE.equals(snapshot.operation())
        && Long.valueOf(before).equals(snapshot.parentId());
  }

  private static Set<String> locations(Table table, long snapshot) {
    Set<String> locations = new HashSet<>();
    try (CloseableIterable<FileScanTask> files =
        table.newScan().useSnapshot(snapshot).planFiles()) {
      files.forEach(task -> locations.add(task.file().location()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot plan " + table.name(), e);
    }
    return locations;
  }
}
