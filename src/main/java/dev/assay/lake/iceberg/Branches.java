package dev.assay.lake.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.util.SnapshotUtil;

/** Branches of a table: the commit to main, and what main's history says. */
public final class Branches {
  private static final String PREFIX = "assay_";

  private final LakeCatalog catalog;

  public Branches(LakeCatalog catalog) {
    this.catalog = catalog;
  }

  /** The name of a run's branch. */
  public static String branchOf(String runId) {
    return PREFIX + runId.replace("-", "");
  }

  /**
   * Makes the staged snapshot main's: the commit point of a run. Repeating it is harmless.
   *
   * @throws MainMovedException if main has other commits since the branch was made
   */
  public void publish(TableName tableName, String branch, long snapshot) {
    Table table = load(tableName);
    if (isOnMain(table, snapshot)) {
      return;
    }
    try {
      Concurrently.commit(
          table,
          now -> now.manageSnapshots().fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch).commit());
    } catch (IllegalArgumentException | CommitFailedException e) {
      table.refresh();
      if (!isOnMain(table, snapshot)) {
        throw new MainMovedException(tableName, e);
      }
    } catch (CommitStateUnknownException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: the catalog did not say whether it took the commit to main, so the rows may be published or not. Run the job again: it finds out, completes it or does it anew, and writes nothing twice."
              .formatted(tableName),
          e);
    }
  }

  /** Takes a branch away; nothing happens if it is not there. */
  public void drop(TableName tableName, String branch) {
    Table table = load(tableName);
    Concurrently.commit(
        table,
        now -> {
          if (now.refs().containsKey(branch)) {
            now.manageSnapshots().removeBranch(branch).commit();
          }
        });
  }

  /** Keeps a published snapshot from being expired, under a name of its own. */
  public void tag(TableName tableName, String tag, long snapshot) {
    Table table = load(tableName);
    Concurrently.commit(
        table,
        now -> {
          if (!now.refs().containsKey(tag)) {
            now.manageSnapshots().createTag(tag, snapshot).commit();
          }
        });
  }

  /** Keeps a snapshot that scores were compared with from being expired, if no tag does. */
  public void keep(TableName tableName, long snapshot) {
    boolean named =
        load(tableName).refs().values().stream()
            .anyMatch(ref -> ref.isTag() && ref.snapshotId() == snapshot);
    if (!named) {
      tag(tableName, "compared_" + snapshot, snapshot);
    }
  }

  /** How far the tables have been read that main's rows are made of: the last snapshot of each. */
  public Map<String, Long> readUpTo(TableName tableName) {
    return catalog
        .find(tableName)
        .map(table -> ReadPositions.of(table).positions())
        .orElse(Map.of());
  }

  /** The runs on main, newest first. */
  public List<PublishedSnapshot> published(TableName tableName) {
    return catalog
        .find(tableName)
        .map(
            table ->
                StreamSupport.stream(SnapshotUtil.currentAncestors(table).spliterator(), false)
                    .flatMap(
                        snapshot ->
                            RunLabel.of(snapshot)
                                .map(label -> new PublishedSnapshot(snapshot.snapshotId(), label))
                                .stream())
                    .toList())
        .orElse(List.of());
  }

  /**
   * The branches of runs, with the time when they were last written to; of one that was never
   * written to, that of the table's last change, for it may have been made a moment ago.
   */
  public Map<String, Instant> ours(TableName tableName) {
    Table table = load(tableName);
    Map<String, Instant> branches = new TreeMap<>();
    table
        .refs()
        .forEach(
            (name, ref) -> {
              if (ref.isBranch() && name.startsWith(PREFIX)) {
                Snapshot snapshot = table.snapshot(ref.snapshotId());
                boolean written =
                    RunLabel.of(snapshot)
                        .filter(label -> name.startsWith(branchOf(label.runId())))
                        .isPresent();
                long at =
                    written
                        ? snapshot.timestampMillis()
                        : ((HasTableOperations) table).operations().current().lastUpdatedMillis();
                branches.put(name, Instant.ofEpochMilli(at));
              }
            });
    return branches;
  }

  /** A run's snapshot on main. */
  public record PublishedSnapshot(long snapshot, RunLabel label) {}

  /** Main's snapshot, if it has one. */
  public Optional<Long> current(TableName tableName) {
    return catalog
        .find(tableName)
        .flatMap(table -> Optional.ofNullable(table.currentSnapshot()))
        .map(snapshot -> snapshot.snapshotId());
  }

  /** Whether a snapshot is in main's history. */
  public boolean isOnMain(TableName tableName, long snapshot) {
    return catalog.find(tableName).map(table -> isOnMain(table, snapshot)).orElse(false);
  }

  private static boolean isOnMain(Table table, long snapshot) {
    return table.currentSnapshot() != null
        && SnapshotUtil.isAncestorOf(table, table.currentSnapshot().snapshotId(), snapshot);
  }

  private Table load(TableName table) {
    return catalog
        .find(table)
        .orElseThrow(() -> new IllegalStateException("there is no table " + table));
  }
}
