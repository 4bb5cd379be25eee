package dev.assay.rules.evidence;

import java.util.List;

/**
 * Where evidence is kept between scorings. Losing it costs time and nothing else: what is missing
 * is computed again.
 */
public interface EvidenceStore {
  /** Keeps nothing and finds nothing. */
  EvidenceStore NONE =
      new EvidenceStore() {
        @Override
        public List<EvidenceBlock> load(String table) {
          return List.of();
        }

        @Override
        public void save(String table, List<EvidenceBlock> blocks) {
          // nothing is kept
        }

        @Override
        public boolean replace(String table, List<EvidenceBlock> blocks) {
          return true;
        }
      };

  /** Finds what another store keeps, and keeps nothing. */
  static EvidenceStore readOnly(EvidenceStore other) {
    return new EvidenceStore() {
      @Override
      public List<EvidenceBlock> load(String table) {
        return other.load(table);
      }

      @Override
      public void save(String table, List<EvidenceBlock> blocks) {
        // nothing is kept
      }

      @Override
      public boolean replace(String table, List<EvidenceBlock> blocks) {
        return false;
      }
    };
  }

  /**
   * Puts blocks in the place of everything kept for a table; for housekeeping.
   *
   * @return false if nothing was changed, because somebody kept more meanwhile
   */
  boolean replace(String table, List<EvidenceBlock> blocks);

  /** Everything kept for a table, oldest first. A block that is damaged is left out. */
  List<EvidenceBlock> load(String table);

  /** Keeps blocks, all or none of them. The same evidence twice is harmless. */
  void save(String table, List<EvidenceBlock> blocks);
}
