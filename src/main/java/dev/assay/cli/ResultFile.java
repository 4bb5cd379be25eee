package dev.assay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.jobs.JobFiles;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a scheduler reads: exit kind, and score and gate of every table. */
final class ResultFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultFile() {}

  static void write(
      ResultPlace place,
      JobFiles.Loaded loaded,
      List<JobResult> results,
      ExitKind exit,
      Map<TableName, Double> seconds) {
    ObjectNode root = JSON.createObjectNode();
    root.put("pipeline", loaded.pipeline().name());
    root.put("data_date", loaded.dataDate().toString());
    root.put("exit_code", exit.code());
    root.put("exit_kind", exit.name());
    ArrayNode tables = root.putArray("tables");
    for (JobResult result : results) {
      ObjectNode node = tables.addObject();
      describe(result, node);
      Optional.ofNullable(seconds.get(result.table())).ifPresent(time -> node.put("seconds", time));
    }
    write(place, root);
  }

  /** Of a run that ended before any job did. */
  static void write(ResultPlace place, AssayException failure) {
    ObjectNode root = JSON.createObjectNode();
    root.put("exit_code", failure.kind().code());
    root.put("exit_kind", failure.kind().name());
    root.put("message", failure.getMessage());
    root.putArray("tables");
    write(place, root);
  }

  private static void write(ResultPlace place, ObjectNode root) {
    try {
      place.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON", e);
    }
  }

  private static void describe(JobResult result, ObjectNode node) {
    node.put("job", result.job());
    node.put("table", result.table().toString());
    node.put("ending", result.ending().name());
    node.put("exit_code", result.exit().code());
    result.run().ifPresent(run -> describe(run, node));
    if (!result.message().isEmpty()) {
      node.put("message", result.message());
    }
  }

  private static void describe(RunRecord run, ObjectNode node) {
    node.put("run_id", run.runId());
    node.put("state", run.state().name());
    node.put("scope", run.scope().name());
    run.score().value().ifPresent(score -> node.put("score", score));
    node.put("coverage", run.score().coverage());
    node.put("snapshot_id", run.snapshot());
    node.put("rows_read", run.counts().read());
    node.put("rows_written", run.counts().written());
    node.put("rows_quarantined", run.counts().quarantined());
    ArrayNode reasons = node.putArray("gate_reasons");
    run.gateReasons().forEach(reasons::add);
  }
}
