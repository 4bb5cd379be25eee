package dev.assay.rules.plan;

import dev.assay.rules.parse.AnomalyStrategy;
import dev.assay.rules.parse.RulesetParser;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans rules for one table with a column of every kind. */
final class Plans {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  static final TableShape TABLE = table();

  private Plans() {}

  static List<PlannedRule> of(String... rules) {
    return new RulePlanner(TABLE, context(MetricHistory.NONE))
        .plan(RulesetParser.parse("test", "Rules = [ " + String.join(",\n", rules) + " ]"));
  }

  static PlanContext context(MetricHistory history) {
    return new PlanContext(
        Map.of("vehicles", TABLE, "countries", new TableShape(Map.of("code", "string"))),
        NOW,
        history,
        new NoAnomalies());
  }

  /** Finds none. */
  record NoAnomalies() implements AnomalyTest {
    @Override
    public int needs(AnomalyStrategy strategy) {
      return 0;
    }

    @Override
    public boolean anomalous(AnomalyStrategy strategy, double[] past, double value) {
      return false;
    }
  }

  /** The plan of one rule that is no composite. */
  static PlannedRule.Leaf leaf(String rule) {
    return of(rule).get(0).leaves().get(0);
  }

  /** What a rule comes to when nothing needs to be measured. */
  static Finding finding(String rule) {
    Map<Measure, Measured> known = new LinkedHashMap<>();
    for (Measure measure : leaf(rule).measures()) {
      known.put(measure, new Measured.Value(((Measure.Known) measure).value()));
    }
    return leaf(rule).answer().apply(known);
  }

  private static TableShape table() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("id", "bigint");
    types.put("amount", "decimal(10,2)");
    types.put("ratio", "double");
    types.put("name", "string");
    types.put("code", "varchar(3)");
    types.put("born", "date");
    types.put("seen", "timestamp");
    types.put("active", "boolean");
    types.put("tags", "array<string>");
    return new TableShape(types);
  }
}
