package dev.assay.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.health.Health;
import dev.assay.model.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How datasets are, as one JSON list; scores with the digits of the ledger. */
public final class HealthJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  private HealthJson() {}

  /**
   * @param now what the age of holds is counted to
   */
  public static String of(List<Health> datasets, Instant now) {
    ArrayNode list = JSON.createArrayNode();
    datasets.forEach(health -> describe(health, now, list.addObject()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  private static void describe(Health health, Instant now, ObjectNode node) {
    node.put("table_name", health.table().toString());
    node.put("pipeline", health.pipeline());
    node.put("health", health.light().text());
    health
        .newestRows()
        .ifPresent(
            run -> {
              node.put("data_date", run.dataDate().toString());
              node.put("published_at", run.stateAt().toString());
              node.put("rows_written", run.counts().written());
            });
    health.current().flatMap(run -> run.score().value()).ifPresent(s -> node.put("score", s));
    health.current().ifPresent(run -> node.put("coverage", run.score().coverage()));
    health
        .due()
        .ifPresent(
            due ->
                node.put("due_at", due.at().toString())
                    .put("due_data_date", due.dataDate().toString()));
    ArrayNode findings = node.putArray("findings");
    health.findings().forEach(findings::add);
    ArrayNode runs = node.putArray("last_runs");
    health.lastRuns().forEach(run -> describe(run, runs.addObject()));
    ArrayNode holds = node.putArray("holds");
    health
        .holds()
        .forEach(
            run ->
                holds
                    .addObject()
                    .put("run_id", run.runId())
                    .put("data_date", run.dataDate().toString())
                    .put("held_at", run.stateAt().toString())
                    .put(
                        "age_minutes",
                        Math.max(0, Duration.between(run.stateAt(), now).toMinutes())));
    node.put("deliveries_waiting", health.undelivered().waiting());
    node.put("deliveries_parked", health.undelivered().parked());
  }

  private static void describe(RunRecord run, ObjectNode node) {
    node.put("run_id", run.runId());
    node.put("data_date", run.dataDate().toString());
    node.put("state", run.state().name());
    run.score().value().ifPresent(score -> node.put("score", score));
    node.put("coverage", run.score().coverage());
    node.put("rows_written", run.counts().written());
  }
}
