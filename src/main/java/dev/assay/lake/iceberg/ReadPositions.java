package dev.assay.lake.iceberg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * How far the tables have been read that main's rows are made of, as the labels in main's history
 * say, and the run that said it last. Where snapshots with labels are given up, an empty commit or
 * a compaction says it again: its label is that of the newest run, under another name, with all
 * positions. One that names another run than the newest below it was overtaken while it was made,
 * and says nothing.
 */
final class ReadPositions {
  private static final String CARRIED = "after-";

  private final Map<String, Long> positions = new HashMap<>();
  private Optional<RunLabel> newest = Optional.empty();

  private ReadPositions() {}

  /** Those of main as it is. */
  static ReadPositions of(Table table) {
    return upTo(table, Set.of());
  }

  /** What would be found from main's head if some snapshots went: nothing behind the first. */
  private static ReadPositions upTo(Table table, Set<Long> goes) {
    ReadPositions found = new ReadPositions();
    List<RunLabel> carried = new ArrayList<>();
    if (table.currentSnapshot() != null) {
      for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
        if (goes.contains(snapshot.snapshotId())) {
          break;
        }
        RunLabel label = RunLabel.of(snapshot).orElse(null);
        if (label != null && label.runId().startsWith(CARRIED)) {
          carried.add(label);
        } else if (label != null) {
          carried.stream().filter(each -> isAfter(each, label)).forEach(found::add);
          carried.clear();
          found.add(label);
        }
      }
    }
    carried.forEach(found::add);
    return found;
  }

  private void add(RunLabel label) {
    newest = newest.or(() -> Optional.of(label));
    label.reads().forEach(positions::putIfAbsent);
  }

  private static boolean isAfter(RunLabel carried, RunLabel run) {
    return carried.runId().equals(CARRIED + run.runId());
  }

  /** The last snapshot read of each table. */
  Map<String, Long> positions() {
    return Map.copyOf(positions);
  }

  /** All of it as the label of a commit that changes no row; empty if no run wrote to main. */
  Map<String, String> label() {
    return newest.map(run -> carried(run).properties()).orElse(Map.of());
  }

  /** Says it again by an empty commit, if some of it would be lost with snapshots that go. */
  static void carry(Table table, Set<Long> goes) {
    ReadPositions all = of(table);
    ReadPositions left = upTo(table, goes);
    if (all.positions.equals(left.positions) && all.newest.isPresent() == left.newest.isPresent()) {
      return;
    }
    AppendFiles empty = table.newFastAppend();
    all.label().forEach(empty::set);
    empty.commit();
  }

  /** Another name for the run: it did not write this snapshot. */
  private RunLabel carried(RunLabel label) {
    String run = label.runId().startsWith(CARRIED) ? label.runId() : CARRIED + label.runId();
    return new RunLabel(
        run,
        label.job(),
        label.dataDate(),
        label.identity(),
        label.content(),
        label.ruleset(),
        positions);
  }
}
