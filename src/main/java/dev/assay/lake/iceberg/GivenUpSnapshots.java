package dev.assay.lake.iceberg;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/** Takes out of a table's metadata whatever names files that must go. Repeating it is harmless. */
final class GivenUpSnapshots {
  private GivenUpSnapshots() {}

  /** Main's manifests forget the files that were taken out. */
  static void rewriteManifests(Table table, Set<String> files) {
    Set<String> naming = KeptFiles.of(table).manifestsNaming(files);
    boolean any =
        table.currentSnapshot().dataManifests(table.io()).stream()
            .anyMatch(manifest -> naming.contains(manifest.path()));
    if (any) {
      table
          .rewriteManifests()
          .clusterBy(DataFile::specId)
          .rewriteIf(manifest -> naming.contains(manifest.path()))
          .commit();
    }
  }

  /** Drops the tags and branches, main left out, that hold a snapshot that goes. */
  static void dropRefs(Table table, Set<Long> goes) {
    Map<String, SnapshotRef> refs = new LinkedHashMap<>(table.refs());
    refs.remove(SnapshotRef.MAIN_BRANCH);
    refs.values().removeIf(ref -> !goes.contains(ref.snapshotId()));
    if (refs.isEmpty()) {
      return;
    }
    ManageSnapshots dropped = table.manageSnapshots();
    refs.forEach(
        (name, ref) -> {
          if (ref.isBranch()) {
            dropped.removeBranch(name);
          } else {
            dropped.removeTag(name);
          }
        });
    dropped.commit();
  }

  /** Expires the snapshots that go; their files are deleted with them. */
  static void expire(Table table, Set<Long> goes) {
    if (goes.isEmpty()) {
      return;
    }
    // these and no others, however old they are
    ExpireSnapshots expire = table.expireSnapshots().expireOlderThan(0);
    goes.forEach(expire::expireSnapshotId);
    expire.commit();
  }
}
