package dev.assay.rules.evaluate;

import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import java.util.List;

/**
 * What came of a ruleset.
 *
 * @param outcomes one per line of the ruleset, in its order
 * @param metrics every number that was measured for them
 * @param remarks what was asked for and is in neither, a sentence each
 */
public record Evaluation(List<RuleOutcome> outcomes, List<Metric> metrics, List<String> remarks) {
  public Evaluation {
    outcomes = List.copyOf(outcomes);
    metrics = List.copyOf(metrics);
    remarks = List.copyOf(remarks);
  }

  /** Nothing is left to be said. */
  public Evaluation(List<RuleOutcome> outcomes, List<Metric> metrics) {
    this(outcomes, metrics, List.of());
  }
}
