package dev.assay.publishing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.RunRecord;

/**
 * A held run as an event: EventBridge's envelope around the fields that Glue Data Quality's events
 * have, under the names that are really sent ({@code resultId}, {@code numRulesSucceeded}, ...),
 * and ours beside them.
 */
final class HeldNotice {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HeldNotice() {}

  static String of(RunRecord run) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "0");
    root.put("id", run.runId());
    root.put("detail-type", "Data Quality Evaluation Results Available");
    root.put("source", "dev.assay");
    root.put("time", run.stateAt().toString());
    root.putArray("resources").add(run.table().toString());
    ObjectNode detail = root.putObject("detail");
    detail.put("resultId", run.runId());
    ObjectNode context = detail.putObject("context");
    context.put("contextType", "ASSAY_JOB");
    context.put("runId", run.runId());
    context.put("jobName", run.pipeline() + "/" + run.job());
    context.put("databaseName", run.table().layer());
    context.put("tableName", run.table().name());
    detail.putArray("rulesetNames").add(run.pipeline() + "/" + run.job());
    detail.put("state", "FAILED");
    run.score().value().ifPresent(score -> detail.put("score", score.movePointLeft(2)));
    detail.put("numRulesSucceeded", run.score().passed());
    detail.put("numRulesFailed", run.score().failed());
    detail.put("numRulesSkipped", run.score().unanswered());
    detail.put("engine", "assay");
    detail.put("eventType", "held");
    run.score().value().ifPresent(score -> detail.put("passingPercentage", score));
    detail.put("coverage", run.score().coverage());
    detail.put("dataDate", run.dataDate().toString());
    ArrayNode reasons = detail.putArray("reasons");
    run.gateReasons().forEach(reasons::add);
    String id = run.runId().substring(0, Math.min(8, run.runId().length()));
    ArrayNode next = detail.putArray("commands");
    next.add("assay held");
    next.add("assay approve %s --reason \"...\"".formatted(id));
    next.add("assay discard %s --reason \"...\"".formatted(id));
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON", e);
    }
  }
}
