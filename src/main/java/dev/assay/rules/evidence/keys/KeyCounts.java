package dev.assay.rules.evidence.keys;

/**
 * How often keys occur. Rows whose key columns are all NULL are left out, as Deequ does.
 *
 * @param rows rows with a key
 * @param distinct different keys
 * @param single keys that occur once
 * @param weightedLogs Σ c·ln c over the number of times c that each key occurs
 */
public record KeyCounts(long rows, long distinct, long single, double weightedLogs)
    implements java.io.Serializable {
  static final int WIDTH = 4;

  static KeyCounts allDifferent(long rows) {
    return new KeyCounts(rows, rows, rows, 0);
  }

  /** Whether no key occurs twice. */
  public boolean unique() {
    return single == rows;
  }

  KeyCounts plus(KeyCounts other) {
    return new KeyCounts(
        rows + other.rows,
        distinct + other.distinct,
        single + other.single,
        weightedLogs + other.weightedLogs);
  }

  /** With a further key that occurs this often. */
  KeyCounts with(long times) {
    return new KeyCounts(
        rows + times,
        distinct + 1,
        single + (times == 1 ? 1 : 0),
        weightedLogs + times * Math.log(times));
  }

  long[] values() {
    return new long[] {rows, distinct, single, Double.doubleToRawLongBits(weightedLogs)};
  }

  static KeyCounts of(long[] values) {
    return new KeyCounts(values[0], values[1], values[2], Double.longBitsToDouble(values[3]));
  }
}
