package dev.assay.prepare;

import static org.apache.spark.sql.functions.col;

import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import dev.assay.model.RowMark;
import dev.assay.model.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Rows after their steps. They are used three times (to count, to write, to quarantine) and are
 * therefore kept while open, so that the input is read once; what is kept is already protected.
 */
public final class PreparedRows implements AutoCloseable {
  private final SparkSession spark;
  private final StructType schema;
  private final JavaRDD<KeptRows> kept;
  private @Nullable RowTally tally;

  PreparedRows(Dataset<Row> rows) {
    this.spark = rows.sparkSession();
    this.schema = rows.schema();
    // not Dataset.persist: its columnar form takes several times as long to make and to read
    this.kept =
        SparkRows.of(rows)
            .mapPartitions(new RowKeeper(schema))
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Counts where every row goes; reads the input. */
  public RowCounts count() {
    return tally().counts();
  }

  /** How often each reason stands in the quarantine. A row with two reasons counts in both. */
  public List<QuarantineCount> reasons() {
    return tally().reasons();
  }

  private RowTally tally() {
    if (tally == null) {
      tally =
          SparkRows.withSettings(
              spark, () -> kept.map(KeptRows::tally).fold(new RowTally(), RowTally::plus));
    }
    return Objects.requireNonNull(tally);
  }

  /** The rows to be written, with their own columns only. */
  public Dataset<Row> sound() {
    Column[] own =
        Arrays.stream(schema.fieldNames())
            .filter(name -> !name.startsWith(RowMark.PREFIX))
            .map(name -> col(Sql.column(name)))
            .toArray(Column[]::new);
    return rows(kept.flatMap(piece -> piece.sound().rows())).select(own);
  }

  /** The rows to be quarantined: file, offset, length, text, sealed text, reasons. */
  public Dataset<Row> quarantined() {
    return rows(kept.flatMap(piece -> piece.wrong().rows()))
        .select(
            col(RowMark.FILE).as("source_file"),
            col(RowMark.OFFSET).as("source_offset"),
            col(RowMark.LENGTH).as("source_length"),
            col(RowMark.TEXT).as("text"),
            col(QuarantineText.SEALED).as("sealed_text"),
            col(RowMark.PROBLEMS).as("reasons"));
  }

  private Dataset<Row> rows(JavaRDD<InternalRow> rows) {
    return SparkRows.dataset(spark, rows, schema);
  }

  @Override
  public void close() {
    kept.unpersist(false);
  }
}
