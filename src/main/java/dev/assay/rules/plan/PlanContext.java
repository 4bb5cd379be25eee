package dev.assay.rules.plan;

import java.time.Instant;
import java.util.Map;

/**
 * What a plan depends on beside the table and the rules.
 *
 * @param references the tables that rules may compare with, by alias
 * @param now what {@code now()} means
 * @param history what earlier runs measured
 * @param anomalies tells numbers that fit their history
 */
public record PlanContext(
    Map<String, TableShape> references, Instant now, MetricHistory history, AnomalyTest anomalies) {
  public PlanContext {
    references = Map.copyOf(references);
  }
}
