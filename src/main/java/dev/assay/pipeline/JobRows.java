package dev.assay.pipeline;

import dev.assay.model.Metric;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
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
 * @param metrics numbers that came with making them, for the ledger
 * @param release frees what was kept for them
 */
record JobRows(
    Dataset<Row> rows,
    Optional<RowCounts> counts,
    Optional<Dataset<Row>> quarantined,
    List<QuarantineCount> reasons,
    List<Metric> metrics,
    Runnable release)
    implements AutoCloseable {
  JobRows {
    reasons = List.copyOf(reasons);
    metrics = List.copyOf(metrics);
  }

  @Override
  public void close() {
    release.run();
  }
}
