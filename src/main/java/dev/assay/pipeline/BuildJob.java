package dev.assay.pipeline;

import dev.assay.lake.iceberg.Staging;
import dev.assay.lineage.QueryLineage;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.semantic.SqlProduct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a build job: its statement over its inputs, each at the snapshot found. */
final class BuildJob {
  private final Lane lane;
  private final Job job;
  private final FoundInputs inputs;

  BuildJob(Lane lane, Job job, FoundInputs inputs) {
    this.lane = lane;
    this.job = job;
    this.inputs = inputs;
  }

  JobRows rows() {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    job.inputs()
        .forEach(
            (alias, input) ->
                tables.put(
                    alias,
                    Staging.read(
                        lane.spark(),
                        lane.catalog(),
                        ((Input.Table) input).table(),
                        Objects.requireNonNull(inputs.snapshots().get(alias)))));
    Dataset<Row> rows =
        SqlProduct.build(
            lane.spark(), job.sql().orElseThrow(), tables, job.file().getFileName().toString());
    return new JobRows(
        rows,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        QueryLineage.of(rows.queryExecution().analyzed(), leaf -> SqlProduct.inputOf(leaf, tables)),
        () -> {});
  }
}
