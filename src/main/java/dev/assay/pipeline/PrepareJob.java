package dev.assay.pipeline;

import static org.apache.spark.sql.functions.lit;

import dev.assay.lake.files.FileRows;
import dev.assay.lake.iceberg.Staging;
import dev.assay.model.RowCounts;
import dev.assay.model.SourceFile;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.job.Step;
import dev.assay.prepare.Preparation;
import dev.assay.prepare.PreparedRows;
import dev.assay.prepare.Protector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a prepare job: one raw input through its steps. */
final class PrepareJob {
  private final Lane lane;
  private final Job job;
  private final FoundInputs inputs;

  PrepareJob(Lane lane, Job job, FoundInputs inputs) {
    this.lane = lane;
    this.job = job;
    this.inputs = inputs;
  }

  JobRows rows() {
    Map.Entry<String, Input> input = job.inputs().entrySet().iterator().next();
    PreparedRows prepared =
        new Preparation(declared(input.getValue()), job.steps(), protector())
            .apply(raw(input.getKey(), input.getValue()));
    RowCounts counts = prepared.count();
    return new JobRows(
        prepared.sound(),
        Optional.of(counts),
        counts.quarantined() == 0 ? Optional.empty() : Optional.of(prepared.quarantined()),
        counts.quarantined() == 0 ? List.of() : prepared.reasons(),
        prepared::close);
  }

  private Dataset<Row> raw(String alias, Input input) {
    if (input instanceof Input.Files files) {
      List<SourceFile> found = Objects.requireNonNull(inputs.files().get(alias));
      return FileRows.read(lane.spark(), files, found);
    }
    Input.Table table = (Input.Table) input;
    long snapshot = Objects.requireNonNull(inputs.snapshots().get(alias));
    return FileRows.marked(
        Staging.read(lane.spark(), lane.catalog(), table.table(), snapshot),
        lit(table.table() + "@" + snapshot),
        lit(null).cast("bigint"));
  }

  private static List<ColumnSpec> declared(Input input) {
    return input instanceof Input.Files files ? files.columns() : List.of();
  }

  private Protector protector() {
    boolean needed = job.steps().stream().anyMatch(Step.Protect.class::isInstance);
    return needed ? lane.protector().get() : Protector.none();
  }
}
