package dev.assay.lake.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.BlobMetadata;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.ComputeTableStats;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.SparkSession;

/**
 * How many different values columns have, for the engines that plan queries over a table: a theta
 * sketch per column in an Iceberg statistics file of main's snapshot. An estimate that no score
 * uses.
 */
public final class DistinctValues {
  private DistinctValues() {}

  /**
   * Makes the statistics of main's snapshot, unless it has them. Reads these columns of the whole
   * table.
   *
   * @param columns nothing is done if there are none
   * @throws AssayException if a column is no plain value, or the statistics could not be made; what
   *     is on main stays there
   */
  public static void estimate(
      SparkSession spark, LakeCatalog catalog, TableName name, List<String> columns) {
    Table table = columns.isEmpty() ? null : catalog.find(name).orElse(null);
    if (table == null || table.currentSnapshot() == null || known(table, columns)) {
      return;
    }
    for (String column : columns) {
      Types.NestedField field = table.schema().caseInsensitiveFindField(column);
      if (field == null || !field.type().isPrimitiveType()) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "%s was published, but has no statistics: publish.statistics names '%s', which is %s. Name columns of plain values."
                .formatted(name, column, field == null ? "no column of it" : field.type()));
      }
    }
    try {
      ComputeTableStats.Result unused =
          SparkActions.get(spark)
              .computeTableStats(table)
              .snapshot(table.currentSnapshot().snapshotId())
              .columns(names(table, columns))
              .execute();
    } catch (RuntimeException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: the rows are on main, but the statistics of publish.statistics could not be made; the log has the details. Run the job again: it makes them and writes nothing twice."
              .formatted(name),
          e);
    }
  }

  private static String[] names(Table table, List<String> columns) {
    return columns.stream()
        .map(column -> table.schema().findColumnName(idOf(table, column)))
        .toArray(String[]::new);
  }

  private static boolean known(Table table, List<String> columns) {
    long snapshot = table.currentSnapshot().snapshotId();
    Set<Integer> known = new HashSet<>();
    for (StatisticsFile file : table.statisticsFiles()) {
      if (file.snapshotId() == snapshot) {
        for (BlobMetadata blob : file.blobMetadata()) {
          known.addAll(blob.fields());
        }
      }
    }
    return columns.stream().allMatch(column -> known.contains(idOf(table, column)));
  }

  private static int idOf(Table table, String column) {
    Types.NestedField field = table.schema().caseInsensitiveFindField(column);
    return field == null ? -1 : field.fieldId();
  }
}
