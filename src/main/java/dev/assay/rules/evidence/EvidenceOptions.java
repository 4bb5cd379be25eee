package dev.assay.rules.evidence;

/**
 * Which evidence may be used.
 *
 * @param metadata what files say of their columns
 * @param stored what earlier scorings kept; it is kept for later ones either way
 */
public record EvidenceOptions(boolean metadata, boolean stored) {
  /** Everything that is exact. */
  public static final EvidenceOptions ALL = new EvidenceOptions(true, true);

  /** Every row is read. */
  public static final EvidenceOptions SCAN_ONLY = new EvidenceOptions(false, false);
}
