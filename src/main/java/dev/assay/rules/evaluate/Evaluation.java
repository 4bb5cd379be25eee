package dev.assay.rules.evaluate;

import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import java.util.List;

/**
 * What came of a ruleset.
 *
 * @param outcomes one per line of the ruleset, in its order
 * @param metrics every number that was measured for them
 */
public record Evaluation(List<RuleOutcome> outcomes, List<Metric> metrics) {
  public Evaluation {
    outcomes = List.copyOf(outcomes);
    metrics = List.copyOf(metrics);
  }
}
