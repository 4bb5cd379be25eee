package dev.assay.lake.iceberg;

import dev.assay.model.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/** Which snapshots led to what main holds now, as far as they have not expired. */
public final class MainHistory {
  private final Map<Long, Snapshot> snapshots = new HashMap<>();
  private final Set<Long> ancestors = new HashSet<>();
  private @Nullable Snapshot earliest;

  private MainHistory() {}

  /** That of a table; empty if there is none. */
  public static MainHistory of(LakeCatalog catalog, TableName name) {
    return catalog.find(name).map(MainHistory::of).orElseGet(MainHistory::new);
  }

  static MainHistory of(Table table) {
    MainHistory history = new MainHistory();
    table.snapshots().forEach(each -> history.snapshots.put(each.snapshotId(), each));
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      history.ancestors.add(snapshot.snapshotId());
      history.earliest = snapshot;
    }
    return history;
  }

  /** All snapshots that are there, on whatever branch. */
  public Set<Long> snapshots() {
    return Set.copyOf(snapshots.keySet());
  }

  /**
   * Whether a snapshot that was once published is not part of main any more, because main was set
   * back to one before it. Of an expired one nobody knows, and of one older than all that main's
   * history still tells: they count as part of it.
   */
  public boolean wasRolledBack(long published) {
    Snapshot snapshot = snapshots.get(published);
    return snapshot != null
        && earliest != null
        && !ancestors.contains(published)
        && (earliest.parentId() == null || isLater(snapshot, earliest));
  }

  private static boolean isLater(Snapshot one, Snapshot other) {
    // tables of the first format version have no sequence numbers
    return one.sequenceNumber() > 0 && other.sequenceNumber() > 0
        ? one.sequenceNumber() > other.sequenceNumber()
        : one.timestampMillis() > other.timestampMillis();
  }
}
