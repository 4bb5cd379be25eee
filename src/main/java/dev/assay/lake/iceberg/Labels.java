package dev.assay.lake.iceberg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Keeps in main's history how far each job has read, when the snapshots that say so are given up.
 * Without it a job that reads changes would begin anew.
 */
final class Labels {
  private static final String CARRIED = "after-";

  private Labels() {}

  /**
   * What a commit that changes no row takes over from the newest run on main, so that those before
   * it may go.
   */
  static Map<String, String> ofNewest(Table table) {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      Optional<RunLabel> label = RunLabel.of(snapshot);
      if (label.isPresent()) {
        return carried(label.get()).properties();
      }
    }
    return Map.of();
  }

  /** Adds an empty commit for each job whose newest label is about to go. */
  static void carry(Table table, Set<Long> goes) {
    if (table.currentSnapshot() == null) {
      return;
    }
    Map<String, RunLabel> newest = new LinkedHashMap<>();
    Set<String> lost = new HashSet<>();
    boolean cut = false;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      // what comes before a snapshot that goes is not found from main any more
      cut = cut || goes.contains(snapshot.snapshotId());
      RunLabel label = RunLabel.of(snapshot).orElse(null);
      if (label != null && newest.putIfAbsent(label.job(), label) == null && cut) {
        lost.add(label.job());
      }
    }
    List<RunLabel> labels = new ArrayList<>(newest.values());
    // the newest comes last again
    Collections.reverse(labels);
    for (RunLabel label : labels) {
      if (lost.contains(label.job())) {
        AppendFiles empty = table.newFastAppend();
        carried(label).properties().forEach(empty::set);
        empty.commit();
      }
    }
  }

  /** Another name for the run: it did not write this snapshot. */
  private static RunLabel carried(RunLabel label) {
    String run = label.runId().startsWith(CARRIED) ? label.runId() : CARRIED + label.runId();
    return new RunLabel(
        run,
        label.job(),
        label.dataDate(),
        label.identity(),
        label.content(),
        label.ruleset(),
        label.reads());
  }
}
