package dev.assay.erasure;

import dev.assay.lake.iceberg.RowChoice;
import dev.assay.lake.iceberg.RowRemoval.Found;
import dev.assay.model.TableName;

/**
 * A table that was looked through.
 *
 * @param unsearchable rows that could not be looked into
 * @param note why its rows stay; empty if they go
 */
record Search(
    TableName table, Kind kind, RowChoice choice, Found found, long unsearchable, String note) {
  /** In the order in which rows go: what is found through other rows goes before those. */
  enum Kind {
    SENDINGS,
    TEXTS,
    QUARANTINE,
    PUBLISHED
  }

  boolean stays() {
    return !note.isEmpty();
  }

  /** Before anything was removed. */
  Place place() {
    return new Place(
        table.toString(),
        found.rows(),
        found.older(),
        found.rows() + found.older(),
        unsearchable,
        found.refs(),
        note,
        false);
  }

  /** After its rows went. */
  Place emptied(Found removed) {
    return new Place(
        table.toString(),
        removed.rows(),
        removed.older(),
        0,
        unsearchable,
        removed.refs(),
        note,
        false);
  }
}
