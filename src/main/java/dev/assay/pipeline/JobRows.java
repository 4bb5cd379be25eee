package dev.assay.pipeline;

import dev.assay.model.Metric;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import dev.assay.model.SourceFile;
import dev.assay.model.lineage.ColumnLineage;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that a job made, ready to be staged.
 *
 * @param rows the rows to write
 * @param counts where the input's rows went; empty where the job does not read row by row
 * @param quarantined the rows to set aside
 * @param reasons why
 * @param setAside files that could not be read, and count as not read
 * @param metrics numbers that came with making them, for the ledger
 * @param lineage where their columns come from
 * @param release frees what was kept for them
 */
record JobRows(
    Dataset<Row> rows,
    Optional<RowCounts> counts,
    Optional<Dataset<Row>> quarantined,
    List<QuarantineCount> reasons,
    List<SourceFile> setAside,
    List<Metric> metrics,
    ColumnLineage lineage,
    Runnable release)
    implements AutoCloseable {
  JobRows {
    reasons = List.copyOf(reasons);
    setAside = List.copyOf(setAside);
    metrics = List.copyOf(metrics);
  }

  /** Rows that were read from no files, or from all that were found. */
  JobRows(
      Dataset<Row> rows,
      Optional<RowCounts> counts,
      Optional<Dataset<Row>> quarantined,
      List<QuarantineCount> reasons,
      List<Metric> metrics,
      ColumnLineage lineage,
      Runnable release) {
    this(rows, counts, quarantined, reasons, List.of(), metrics, lineage, release);
  }

  @Override
  public void close() {
    release.run();
  }
}
