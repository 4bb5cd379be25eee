package dev.assay.api;

import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import dev.assay.model.Score;
import java.util.List;

/**
 * What a dataset came to.
 *
 * @param outcomes one per rule, in the order of the ruleset
 * @param metrics every number measured for them
 */
public record Scorecard(Score score, List<RuleOutcome> outcomes, List<Metric> metrics) {
  public Scorecard {
    outcomes = List.copyOf(outcomes);
    metrics = List.copyOf(metrics);
  }
}
