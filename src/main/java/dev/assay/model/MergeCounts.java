package dev.assay.model;

/** What a merge did with the rows written to it. */
public record MergeCounts(long inserted, long updated, long deleted, long unchanged) {
  public long total() {
    return inserted + updated + deleted + unchanged;
  }
}
