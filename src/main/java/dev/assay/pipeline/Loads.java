package dev.assay.pipeline;

import dev.assay.lake.iceberg.StagedSnapshot;
import dev.assay.model.job.Job;
import dev.assay.model.job.Output;
import dev.assay.scores.Gate;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.PropertyUtil;

/** Tells what a staged run would do to main. */
final class Loads {
  private Loads() {}

  static Gate.Load of(Lane lane, Job job, StagedSnapshot staged) {
    if (staged.parent().isEmpty()) {
      return Gate.Load.FIRST;
    }
    boolean empties =
        job.output().mode() == Output.Mode.REPLACE
            && staged.written() == 0
            && lane.catalog()
                .find(staged.table())
                .map(table -> hasRows(table, staged.parent().get()))
                .orElse(false);
    return empties ? Gate.Load.EMPTYING : Gate.Load.OTHER;
  }

  /** Rows in the snapshot's files, also those that deletes take away again. */
  private static boolean hasRows(Table table, long snapshot) {
    return PropertyUtil.propertyAsLong(
            table.snapshot(snapshot).summary(), SnapshotSummary.TOTAL_RECORDS_PROP, 0)
        > 0;
  }
}
