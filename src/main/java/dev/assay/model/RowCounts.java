package dev.assay.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where every row of a run's input went.
 *
 * @param read rows (or malformed records) in the input
 * @param filtered rows left out by each filter step, by step name
 * @param duplicates rows left out by each deduplication step, by step name
 * @param quarantined rows set aside with reasons
 * @param written rows that went on to the table
 */
public record RowCounts(
    long read,
    Map<String, Long> filtered,
    Map<String, Long> duplicates,
    long quarantined,
    long written) {

  /** No rows at all. */
  public static final RowCounts NONE = new RowCounts(0, Map.of(), Map.of(), 0, 0);

  public RowCounts {
    filtered = Collections.unmodifiableMap(new TreeMap<>(filtered));
    duplicates = Collections.unmodifiableMap(new TreeMap<>(duplicates));
  }

  public long filteredTotal() {
    return sum(filtered);
  }

  public long duplicatesTotal() {
    return sum(duplicates);
  }

  /** Whether every row that was read is accounted for. */
  public boolean reconciles() {
    return read == written + filteredTotal() + duplicatesTotal() + quarantined;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
