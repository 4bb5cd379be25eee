package dev.assay.rules.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A store for the time of one evaluation: what is kept of a table is loaded once, and what is found
 * is kept in one go when it is closed.
 */
public final class BufferedEvidence implements EvidenceStore, AutoCloseable {
  private final EvidenceStore store;
  private final Map<String, List<EvidenceBlock>> loaded = new HashMap<>();
  private final Map<String, List<EvidenceBlock>> found = new LinkedHashMap<>();

  public BufferedEvidence(EvidenceStore store) {
    this.store = store;
  }

  @Override
  public List<EvidenceBlock> load(String table) {
    List<EvidenceBlock> all = new ArrayList<>(loaded.computeIfAbsent(table, store::load));
    all.addAll(found.getOrDefault(table, List.of()));
    return all;
  }

  @Override
  public void save(String table, List<EvidenceBlock> blocks) {
    found.computeIfAbsent(table, key -> new ArrayList<>()).addAll(blocks);
  }

  @Override
  public boolean replace(String table, List<EvidenceBlock> blocks) {
    throw new UnsupportedOperationException("housekeeping is done on the store itself");
  }

  /** Keeps what was found. */
  @Override
  public void close() {
    found.forEach(store::save);
    found.clear();
  }
}
