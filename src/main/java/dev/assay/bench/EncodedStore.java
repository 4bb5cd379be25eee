package dev.assay.bench;

import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evidence of one table in memory, but in bytes: reading it costs what reading it costs. */
final class EncodedStore implements EvidenceStore {
  private final List<byte[]> kept = new ArrayList<>();

  @Override
  public List<EvidenceBlock> load(String table) {
    return kept.stream().map(EvidenceBlock::decode).flatMap(Optional::stream).toList();
  }

  @Override
  public void save(String table, List<EvidenceBlock> blocks) {
    blocks.forEach(block -> kept.add(block.encode()));
  }

  @Override
  public boolean replace(String table, List<EvidenceBlock> blocks) {
    kept.clear();
    save(table, blocks);
    return true;
  }

  long bytes() {
    return kept.stream().mapToLong(block -> block.length).sum();
  }
}
