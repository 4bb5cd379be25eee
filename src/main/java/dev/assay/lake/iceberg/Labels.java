package dev.assay.lake.iceberg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  /** Quarantines name the run only, and nobody reads changes of what they hold. */
  private static final String JOB = "assay.job";

  private static final String CARRIED = "removal-after-";

  private Labels() {}

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
      if (!snapshot.summary().containsKey(JOB)) {
        continue;
      }
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

  /** Another name for the run: what it published is not there any more as it was scored. */
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
