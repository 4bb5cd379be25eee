package dev.assay.rules.evidence;

import java.util.Optional;

/**
 * A part of a table that never changes: for Iceberg a data file with exactly the delete files that
 * apply to it, for a folder one file, for a dataset all of it.
 *
 * @param location how its rows name it in {@link SlicedTable#SLICE_COLUMN}
 * @param partition for example {@code day=2026-11-19}; empty if the table has no partitions
 * @param rows rows that it holds at most; negative if nobody counted
 * @param exact whether {@code rows} is the number of rows; else deletes took some of them, and
 *     metadata speak of what they were taken from
 */
public record Slice(
    SliceId id, String location, String partition, long rows, boolean exact, Metadata metadata) {

  /** The same before any row was deleted. */
  Slice undeleted() {
    return new Slice(id, location, partition, rows, true, metadata);
  }

  /** What is known about columns without reading them. */
  public interface Metadata {
    /** Nothing is known. */
    Metadata NONE = column -> Optional.empty();

    /** What is known of a column, if it can be believed. */
    Optional<ColumnMetadata> of(String column);

    /** Compressed bytes of a column; 0 if unknown. */
    default long bytes(String column) {
      return 0;
    }
  }
}
