package dev.assay.exports;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Takes values of rows out of partitions' names. A table may be partitioned by a protected column,
 * and the ledger does not say by which: only dates, times and small numbers stay.
 */
final class PartitionNames {
  /** Where the ledger has rows by partition. */
  static final String COLUMN = "failing_by_partition";

  private static final Pattern SHOWN =
      Pattern.compile("\\d{1,4}|\\d{4}-\\d\\d(-\\d\\d([-T ]\\d\\d(:\\d\\d)*)?)?|true|false|null");

  private PartitionNames() {}

  /** Rows by partition; those of partitions that read the same now are added up. */
  static Map<String, Long> withoutValues(Map<?, ?> rowsByPartition) {
    Map<String, Long> shown = new TreeMap<>();
    rowsByPartition.forEach(
        (partition, rows) -> shown.merge(shown((String) partition), (Long) rows, Long::sum));
    return shown;
  }

  private static String shown(String partition) {
    String[] parts = partition.split("/");
    for (int index = 0; index < parts.length; index++) {
      int equals = parts[index].indexOf('=');
      if (!SHOWN.matcher(parts[index].substring(equals + 1)).matches()) {
        parts[index] = parts[index].substring(0, equals + 1) + "***";
      }
    }
    return String.join("/", parts);
  }
}
