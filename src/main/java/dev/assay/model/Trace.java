package dev.assay.model;

/**
 * Where the evidence for a number came from, slice by slice, and what finding it cost. A slice is a
 * data file with exactly the delete files that apply to it.
 *
 * @param metadataSlices answered from table metadata, without reading a row
 * @param storedSlices answered from evidence that an earlier scoring kept
 * @param scannedSlices answered by reading rows
 * @param scannedRows rows read for it; a row that had to be read twice counts twice
 * @param scannedBytes compressed bytes read for it: of the shared pass estimated by what its
 *     columns take in the files, of keys and queries what Spark's tasks counted, references
 *     included
 * @param millis its share of the time of the passes it took part in
 */
public record Trace(
    int metadataSlices,
    int storedSlices,
    int scannedSlices,
    long scannedRows,
    long scannedBytes,
    long millis) {
  /** Nothing was needed. */
  public static final Trace NOTHING = new Trace(0, 0, 0, 0, 0, 0);

  /** The evidence of two numbers together. */
  public Trace plus(Trace other) {
    int slices = Math.max(slices(), other.slices());
    int scanned = Math.max(scannedSlices, other.scannedSlices);
    // a slice counts by its dearest evidence
    int stored = Math.min(Math.max(storedSlices, other.storedSlices), slices - scanned);
    return new Trace(
        slices - scanned - stored,
        stored,
        scanned,
        Math.max(scannedRows, other.scannedRows),
        scannedBytes + other.scannedBytes,
        millis + other.millis);
  }

  /** All slices. */
  public int slices() {
    return metadataSlices + storedSlices + scannedSlices;
  }

  /** In a word: {@code METADATA}, {@code STORED}, {@code SCAN}, or {@code NONE}. */
  public String source() {
    if (scannedSlices > 0) {
      return "SCAN";
    }
    if (storedSlices > 0) {
      return "STORED";
    }
    return metadataSlices > 0 ? "METADATA" : "NONE";
  }
}
