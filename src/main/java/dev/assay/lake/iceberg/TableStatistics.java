package dev.assay.lake.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * What a table's metadata says without reading a row.
 *
 * @param rows records in data files; deletes are not taken off
 * @param nulls NULLs by column name, where every file counts them
 */
public record TableStatistics(long rows, Map<String, Long> nulls) {

  /** Adds up the files of the current snapshot. */
  public static TableStatistics of(Table table) {
    long rows = 0;
    Map<Integer, Long> nulls = new HashMap<>();
    Map<Integer, Integer> counted = new HashMap<>();
    int files = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().includeColumnStats().planFiles()) {
      for (FileScanTask task : tasks) {
        DataFile file = task.file();
        files++;
        rows += file.recordCount();
        if (file.nullValueCounts() != null) {
          file.nullValueCounts()
              .forEach(
                  (id, count) -> {
                    nulls.merge(id, count, Long::sum);
                    counted.merge(id, 1, Integer::sum);
                  });
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot plan " + table.name(), e);
    }
    Map<String, Long> byName = new HashMap<>();
    for (Map.Entry<Integer, Long> entry : nulls.entrySet()) {
      String name = table.schema().findColumnName(entry.getKey());
      if (name != null && counted.getOrDefault(entry.getKey(), 0) == files) {
        byName.put(name, entry.getValue());
      }
    }
    return new TableStatistics(rows, byName);
  }
}
