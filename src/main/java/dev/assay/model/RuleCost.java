package dev.assay.model;

import java.util.Map;

/**
 * How a rule was answered.
 *
 * @param trace where its evidence came from, and what that cost
 * @param failingByPartition rows that break the rule, by partition; empty if the rule counts no
 *     rows, none fails, or the table has no partitions
 */
public record RuleCost(Trace trace, Map<String, Long> failingByPartition) {
  /** Nothing was needed, nothing fails. */
  public static final RuleCost NONE = new RuleCost(Trace.NOTHING, Map.of());

  public RuleCost {
    failingByPartition = Map.copyOf(failingByPartition);
  }
}
