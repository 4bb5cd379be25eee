package dev.assay.lake.iceberg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
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
    return newest(table, 0).map(label -> carried(label).properties()).orElse(Map.of());
  }

  /**
   * Sets right what a commit took over that was long in the making: a run may have published
   * meanwhile, and lies below it with a newer label.
   */
  static void refresh(Table table, Map<String, String> taken) {
    newest(table, 1)
        .map(label -> carried(label).properties())
        .filter(now -> !now.equals(taken))
        .ifPresent(
            now -> {
              AppendFiles empty = table.newFastAppend();
              now.forEach(empty::set);
              empty.commit();
            });
  }

  /** The newest label on main, below some snapshots. */
  private static Optional<RunLabel> newest(Table table, int below) {
    return StreamSupport.stream(SnapshotUtil.currentAncestors(table).spliterator(), false)
        .skip(below)
        .flatMap(snapshot -> RunLabel.of(snapshot).stream())
        .findFirst();
  }

  /**
   * If the newest label of a job is about to go, adds an empty commit for each job, the newest one
   * last as before: of two that read the same table the later one says how far.
   */
  static void carry(Table table, Set<Long> goes) {
    if (table.currentSnapshot() == null) {
      return;
    }
    Map<String, RunLabel> newest = new LinkedHashMap<>();
    boolean lost = false;
    boolean cut = false;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      // what comes before a snapshot that goes is not found from main any more
      cut = cut || goes.contains(snapshot.snapshotId());
      RunLabel label = RunLabel.of(snapshot).orElse(null);
      if (label != null && newest.putIfAbsent(label.job(), label) == null) {
        lost = lost || cut;
      }
    }
    if (!lost) {
      return;
    }
    List<RunLabel> labels = new ArrayList<>(newest.values());
    // the newest comes last again
    Collections.reverse(labels);
    for (RunLabel label : labels) {
      AppendFiles empty = table.newFastAppend();
      carried(label).properties().forEach(empty::set);
      empty.commit();
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
