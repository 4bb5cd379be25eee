package dev.assay.rules.plan;

import dev.assay.model.Nearest;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.parse.AnalyzerType;
import dev.assay.rules.parse.AnomalyStrategy;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.plan.ValuePredicate.MisfitException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code DetectAnomalies "Completeness" "vin"}: whether a number fits what earlier runs measured.
 */
final class AnomalyLeaf {
  private static final int MOST_RUNS = 365;

  private final TableShape table;
  private final PlanContext context;

  AnomalyLeaf(TableShape table, PlanContext context) {
    this.table = table;
    this.context = context;
  }

  PlannedRule.Leaf leaf(Rule rule, Map<String, String> labels) {
    AnomalyStrategy strategy = strategy(labels);
    String name = rule.parameters().get(0);
    if (AnalyzerType.named(name).isEmpty()) {
      throw new MisfitException(
          "'%s' is no metric. %s".formatted(name, Nearest.suggestion(name, AnalyzerType.names())));
    }
    List<String> columns =
        Names.existing(table, rule.parameters().subList(1, rule.parameters().size()));
    List<Measure> measures = measures(rule, name, columns);
    if (measures.size() != 1) {
      throw new MisfitException(
          "%s of %s is not one number".formatted(name, columns.isEmpty() ? "the table" : columns));
    }
    Measure measure = measures.get(0);
    return new PlannedRule.Leaf(
        rule, columns, measures, measured -> answer(strategy, measure, measured));
  }

  private static AnomalyStrategy strategy(Map<String, String> labels) {
    String named = labels.getOrDefault(AnomalyStrategy.LABEL, AnomalyStrategy.ONLINE_NORMAL.name());
    return AnomalyStrategy.named(named)
        .orElseThrow(() -> new MisfitException("label strategy is '%s'".formatted(named)));
  }

  private List<Measure> measures(Rule rule, String name, List<String> columns) {
    try {
      return new AnalyzerMeasures(table)
          .of(
              new Rule(
                  name,
                  columns,
                  Optional.empty(),
                  rule.where(),
                  Optional.empty(),
                  rule.position(),
                  rule.text()));
    } catch (IndexOutOfBoundsException e) {
      throw new MisfitException("%s needs a column".formatted(name));
    }
  }

  private Finding answer(
      AnomalyStrategy strategy, Measure measure, Map<Measure, Measured> measured) {
    if (measured.get(measure) instanceof Measured.None none) {
      return Finding.unanswered(none.reason(), none.message());
    }
    double value =
        ((Measured.Value) java.util.Objects.requireNonNull(measured.get(measure))).value();
    double[] newest =
        Arrays.stream(context.history().newest(MetricNames.idOf(measure), MOST_RUNS))
            .filter(Double::isFinite)
            .toArray();
    int needed = context.anomalies().needs(strategy);
    if (newest.length < needed) {
      return Finding.unanswered(
          UnansweredReason.TOO_LITTLE_HISTORY,
          "%d earlier runs measured this, and %d are needed.".formatted(newest.length, needed));
    }
    double[] oldestFirst = new double[newest.length];
    for (int index = 0; index < newest.length; index++) {
      oldestFirst[index] = newest[newest.length - 1 - index];
    }
    boolean anomalous = context.anomalies().anomalous(strategy, oldestFirst, value);
    return Finding.answered(
        !anomalous,
        value,
        NumberTest.show(value),
        "a number that fits those of the last %d runs, newest %s"
            .formatted(newest.length, NumberTest.show(newest[0])),
        Optional.empty());
  }
}
