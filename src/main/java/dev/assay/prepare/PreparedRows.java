package dev.assay.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import dev.assay.model.RowMark;
import dev.assay.model.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows after their steps. They are used three times (to count, to write, to quarantine) and are
 * therefore kept while open, so that the input is read once; what is kept is already protected.
 */
public final class PreparedRows implements AutoCloseable {
  private final Dataset<Row> rows;

  PreparedRows(Dataset<Row> rows) {
    this.rows = rows.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Counts where every row goes; reads the input. */
  public RowCounts count() {
    long read = 0;
    long quarantined = 0;
    long sound = 0;
    Map<String, Long> filtered = new TreeMap<>();
    Map<String, Long> duplicates = new TreeMap<>();
    List<Row> fates =
        rows.groupBy(col(RowMark.FATE), expr("size(%s) > 0".formatted(RowMark.PROBLEMS)).as("bad"))
            .agg(org.apache.spark.sql.functions.count(lit(1)))
            .collectAsList();
    for (Row fate : fates) {
      long number = fate.getLong(2);
      read += number;
      if (fate.getBoolean(1)) {
        quarantined += number;
      } else if (fate.isNullAt(0)) {
        sound += number;
      } else if (fate.getString(0).startsWith("filter")) {
        filtered.merge(fate.getString(0), number, Long::sum);
      } else {
        duplicates.merge(fate.getString(0), number, Long::sum);
      }
    }
    return new RowCounts(read, filtered, duplicates, quarantined, sound);
  }

  /** How often each reason stands in the quarantine. A row with two reasons counts in both. */
  public List<QuarantineCount> reasons() {
    return rows
        .select(explode(col(RowMark.PROBLEMS)).as("p"))
        .groupBy("p.kind", "p.column", "p.detail")
        .agg(org.apache.spark.sql.functions.count(lit(1)))
        .collectAsList()
        .stream()
        .map(
            row ->
                new QuarantineCount(
                    row.getString(0),
                    java.util.Optional.ofNullable(row.<String>getAs(1)),
                    row.getString(2),
                    row.getLong(3)))
        .sorted()
        .toList();
  }

  /** The rows to be written, with their own columns only. */
  public Dataset<Row> sound() {
    Column[] own =
        Arrays.stream(rows.columns())
            .filter(name -> !name.startsWith(RowMark.PREFIX))
            .map(name -> col(Sql.column(name)))
            .toArray(Column[]::new);
    return rows.where(expr(Problems.SOUND)).select(own);
  }

  /** The rows to be quarantined: file, offset, length, text, sealed text, reasons. */
  public Dataset<Row> quarantined() {
    return rows.where(expr("size(%s) > 0".formatted(RowMark.PROBLEMS)))
        .select(
            col(RowMark.FILE).as("source_file"),
            col(RowMark.OFFSET).as("source_offset"),
            col(RowMark.LENGTH).as("source_length"),
            col(RowMark.TEXT).as("text"),
            col(QuarantineText.SEALED).as("sealed_text"),
            col(RowMark.PROBLEMS).as("reasons"));
  }

  @Override
  public void close() {
    rows.unpersist(false);
  }
}
