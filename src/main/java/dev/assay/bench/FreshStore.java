package dev.assay.bench;

import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceStore;
import java.util.List;

/** A real store in which nothing is found until it was kept since the last start. */
final class FreshStore implements EvidenceStore {
  private final EvidenceStore store;
  private long round = System.nanoTime();

  FreshStore(EvidenceStore store) {
    this.store = store;
  }

  /** Forgets. */
  void start() {
    round++;
  }

  /** Forgets all but this. */
  void start(String table, List<EvidenceBlock> known) {
    start();
    save(table, known);
  }

  @Override
  public List<EvidenceBlock> load(String table) {
    return store.load(table + "-" + round);
  }

  @Override
  public boolean replace(String table, List<EvidenceBlock> blocks) {
    return store.replace(table + "-" + round, blocks);
  }

  @Override
  public void save(String table, List<EvidenceBlock> blocks) {
    store.save(table + "-" + round, blocks);
  }
}
