package dev.assay.pipeline;

import dev.assay.model.TableName;
import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceCleaner;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.evidence.iceberg.IcebergTable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Evidence goes with the snapshots it is about. */
final class StaleEvidence {
  private final Lane lane;

  StaleEvidence(Lane lane) {
    this.lane = lane;
  }

  /**
   * Drops what is kept about slices that no snapshot of a table has any more.
   *
   * @param fewest evidence in fewer blocks is left as it is
   * @return what was done, if anything was
   */
  Optional<String> clean(TableName name, int fewest) {
    Table table = lane.catalog().find(name).orElse(null);
    if (table == null) {
      return Optional.empty();
    }
    String key = table.uuid().toString();
    List<EvidenceBlock> blocks = lane.evidence().load(key);
    if (blocks.isEmpty() || blocks.size() < fewest) {
      return Optional.empty();
    }
    Set<SliceId> live = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      List<SliceId> slices =
          new IcebergTable(
                  lane.spark(), lane.catalog().sparkName(name), table, snapshot.snapshotId())
              .slices().stream().map(Slice::id).toList();
      live.addAll(slices);
      live.add(SliceId.ofAll(slices));
    }
    List<EvidenceBlock> clean = EvidenceCleaner.clean(blocks, live);
    return Optional.of(
        lane.evidence().replace(key, clean)
            ? "%s: brought %d blocks of evidence into %d"
                .formatted(name, blocks.size(), clean.size())
            : "%s: its evidence is being written to, and is left for the next time"
                .formatted(name));
  }
}
