package dev.assay.lake.iceberg;

import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.util.Tasks;

/**
 * Changes to a table's metadata beside those of others. Iceberg itself repeats commits of rows and
 * properties when somebody else was faster, but not those of branches, tags and columns.
 */
final class Concurrently {
  private static final int RETRIES = 8;
  private static final int FIRST_WAIT_MS = 50;
  private static final int LONGEST_WAIT_MS = 2_000;
  private static final int ALL_WAITS_MS = 30_000;

  private Concurrently() {}

  /**
   * Commits a change.
   *
   * @param change makes and commits it against the table as it is then; may be called again
   * @throws CommitFailedException if others are always faster
   */
  static void commit(Table table, Consumer<Table> change) {
    Tasks.foreach(table)
        .retry(RETRIES)
        .exponentialBackoff(FIRST_WAIT_MS, LONGEST_WAIT_MS, ALL_WAITS_MS, 2)
        .onlyRetryOn(CommitFailedException.class)
        .run(
            each -> {
              each.refresh();
              change.accept(each);
            });
  }
}
