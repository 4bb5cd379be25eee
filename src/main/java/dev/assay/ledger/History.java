package dev.assay.ledger;

import java.time.Duration;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;

/** Keeps the history of a table short that is written often. */
final class History {
  /** From here on snapshots are dropped that are older than {@link #KEPT}. */
  private static final int MANY_SNAPSHOTS = 500;

  private static final Duration KEPT = Duration.ofHours(1);

  private History() {}

  /** Drops old snapshots if there are many; the rows stay. */
  static void shorten(Table table) {
    if (StreamSupport.stream(table.snapshots().spliterator(), false).count() <= MANY_SNAPSHOTS) {
      return;
    }
    try {
      table
          .expireSnapshots()
          .expireOlderThan(System.currentTimeMillis() - KEPT.toMillis())
          .retainLast(MANY_SNAPSHOTS / 2)
          .commit();
    } catch (CommitFailedException e) {
      // somebody else writes; there will be another time
      return;
    }
  }
}
