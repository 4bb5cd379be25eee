package dev.assay.rules.plan;

import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.Ruleset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A line of the ruleset, ready to be answered.
 *
 * @param leaves the plan of each rule in it; one, unless it is a composite
 */
public record PlannedRule(Ruleset.Entry entry, List<Leaf> leaves) {
  public PlannedRule {
    leaves = List.copyOf(leaves);
  }

  /**
   * One rule: what to measure, and how the answer follows.
   *
   * @param columns the table's columns that the rule speaks of
   */
  public record Leaf(
      Rule rule,
      List<String> columns,
      List<Measure> measures,
      Function<Map<Measure, Measured>, Finding> answer) {
    public Leaf {
      columns = List.copyOf(columns);
      measures = List.copyOf(measures);
    }
  }
}
