package dev.assay.rules.evaluate;

import dev.assay.model.RuleCost;
import dev.assay.model.Trace;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import dev.assay.rules.plan.PlannedRule;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What answering one rule cost, and where its rows fail. */
final class Cost {
  private Cost() {}

  static RuleCost of(PlannedRule planned, Map<Measure, Measured> measured) {
    Set<Measure> measures = new LinkedHashSet<>();
    planned.leaves().forEach(leaf -> measures.addAll(leaf.measures()));
    Trace trace = Trace.NOTHING;
    Map<String, Long> failing = new TreeMap<>();
    for (Measure measure : measures) {
      if (measured.get(measure) instanceof Measured.Files files) {
        trace = trace.plus(files.trace());
      }
      if (measured.get(measure) instanceof Measured.Value value) {
        trace = trace.plus(value.trace());
        value.missing().forEach((partition, rows) -> failing.merge(partition, rows, Long::sum));
      }
    }
    return new RuleCost(trace, planned.leaves().size() == 1 ? failing : Map.of());
  }
}
