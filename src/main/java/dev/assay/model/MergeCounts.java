package dev.assay.model;

/**
 * What a merge did with the rows written to it.
 *
 * @param unchanged rows that changed nothing: equal to the row that is there, or a delete of one
 *     that is not
 */
public record MergeCounts(long inserted, long updated, long deleted, long unchanged) {
  public long total() {
    return inserted + updated + deleted + unchanged;
  }
}
