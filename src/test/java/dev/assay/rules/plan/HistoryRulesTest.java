package dev.assay.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.parse.AnomalyStrategy;
import dev.assay.rules.parse.RulesetParser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that compare with earlier runs, and rules that the columns alone answer. */
class HistoryRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RowCount > avg(last(3)) * 0.9 | PASSED",
        "RowCount > avg(last(3)) * 1.1 | FAILED",
        "RowCount between min(last(3)) - 1 and max(last(3)) + 1 | PASSED",
        "RowCount in [last(), 7] | PASSED",
        "RowCount = index(last(3), 2) | FAILED"
      })
  void aNumberIsComparedWithWhatEarlierRunsMeasured(String rule, Verdict verdict) {
    MetricHistory history = history(new Measure.RowCount(java.util.Optional.empty()), 100, 98, 90);

    assertThat(finding(rule, history, 100).verdict()).isEqualTo(verdict);
  }

  @Test
  void theMessageSaysWhatTheFormulaCameTo() {
    MetricHistory history = history(new Measure.RowCount(java.util.Optional.empty()), 90, 110);

    assertThat(finding("RowCount > avg(last(2))", history, 50).message())
        .isEqualTo("Observed 50; expected > avg(last(2)) (100).");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IsComplete \"name\"",
        "ColumnValues \"amount\" > 0",
        "ColumnValues \"seen\" > (now() - 3 days)",
        "DataFreshness \"seen\" < 3 days",
        "ColumnLength \"name\" = 3",
        "ColumnDataType \"name\" = \"Date\"",
        "IsUnique \"id\"",
        "IsPrimaryKey \"id\"",
        "IsPrimaryKey \"id\" \"name\" where \"id > 1\"",
      })
  void aThresholdMaySpeakOfEarlierRuns(String rule) {
    PlannedRule.Leaf earlier =
        leaf(rule + " with threshold > 0.5", Plans.context(MetricHistory.NONE));
    Measure share = earlier.measures().get(0);
    PlanContext later =
        new PlanContext(
            Map.of(),
            Plans.NOW.plusSeconds(86_400),
            history(share, 0.9, 0.8),
            new Plans.NoAnomalies());

    Map<Measure, Measured> measured = new java.util.HashMap<>();
    PlannedRule.Leaf leaf = leaf(rule + " with threshold > avg(last(2)) - 0.05", later);
    leaf.measures().forEach(measure -> measured.put(measure, Measured.Value.count(20)));
    measured.put(leaf.measures().get(0), Measured.Value.share(16, 20));

    assertThat(leaf.answer().apply(measured).message())
        .startsWith("Observed 0.8 of ")
        .endsWith("> avg(last(2)) - 0.05 (0.8).");
  }

  @Test
  void theHistoryOfAnotherMeasureIsNotTaken() {
    MetricHistory history = history(new Measure.RowCount(java.util.Optional.of("id > 1")), 90, 110);

    assertThat(finding("RowCount = last()", history, 0).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void withTooLittleHistoryAnAnomalyIsUnanswered() {
    AnomalyTest three = new Anomalies(3, false);

    Finding finding =
        anomaly(three, history(new Measure.RowCount(java.util.Optional.empty()), 1, 2));

    assertThat(finding.reason()).contains(UnansweredReason.TOO_LITTLE_HISTORY);
    assertThat(finding.message()).contains("2 earlier runs").contains("3 are needed");
  }

  @Test
  void anAnomalyFailsAndSaysAgainstWhat() {
    MetricHistory history = history(new Measure.RowCount(java.util.Optional.empty()), 9, 8, 7);

    assertThat(anomaly(new Anomalies(3, false), history).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(anomaly(new Anomalies(3, true), history).message())
        .isEqualTo("Observed 5; expected a number that fits those of the last 3 runs, newest 9.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SchemaMatch \"vehicles\" = 1.0 | PASSED",
        "SchemaMatch \"countries\" > 0 | FAILED",
        "ColumnNamesMatchPattern \"[a-z]+\" | PASSED",
        "ColumnNamesMatchPattern \"[a-m]+\" | FAILED",
        "DetectAnomalies \"Mean\" \"name\" | UNANSWERED",
        "DetectAnomalies \"Mean\" \"nam\" | UNANSWERED"
      })
  void theColumnsAloneAnswer(String rule, Verdict verdict) {
    assertThat(Plans.finding(rule).verdict()).isEqualTo(verdict);
  }

  @Test
  void aRuleThatCannotBePlannedCostsNoOtherItsAnswer() {
    MetricHistory broken =
        (metric, runs) -> {
          throw new IllegalStateException("a secret");
        };

    List<PlannedRule> planned =
        new RulePlanner(Plans.TABLE, Plans.context(broken))
            .plan(
                RulesetParser.parse(
                    "test", "Rules = [ RowCount > last(), ColumnExists \"name\" ]"));

    Finding first = planned.get(0).leaves().get(0).answer().apply(Map.of());
    assertThat(first.reason()).contains(UnansweredReason.ERROR);
    assertThat(first.message()).contains("IllegalStateException").doesNotContain("secret");
    assertThat(planned.get(1).leaves().get(0).answer().apply(Map.of()).verdict())
        .isEqualTo(Verdict.PASSED);
  }

  @Test
  void analyzersThatMeasureNothingSayWhy() {
    assertThat(
            new RulePlanner(Plans.TABLE, Plans.context(MetricHistory.NONE))
                .silentAnalyzers(
                    RulesetParser.parse(
                        "test",
                        "Analyzers = [ Mean \"amuont\", Mean \"name\", Mean \"amount\", RowCount ]")))
        .containsExactly(
            "Analyzer Mean \"amuont\" measures nothing: there is no column 'amuont'. Did you mean 'amount'?",
            "Analyzer Mean \"name\" measures nothing: the type of its columns does not fit.");
  }

  @Test
  void namesThatDoNotMatchAreListed() {
    assertThat(Plans.finding("ColumnNamesMatchPattern \"[a-m]+\"").observed())
        .isEqualTo("not amount, ratio, name, code, born, seen, active, tags");
  }

  @Test
  void analyzersStandForMeasures() {
    RulePlanner planner = new RulePlanner(Plans.TABLE, Plans.context(MetricHistory.NONE));

    assertThat(
            planner.measures(
                RulesetParser.parse(
                    "test",
                    "Analyzers = [ RowCount, ColumnLength \"name\", AllStatistics \"born\", Mean \"name\" ]")))
        .extracting(MetricNames::idOf)
        .hasSize(8)
        .doesNotHaveDuplicates();
  }

  private static MetricHistory history(Measure measure, double... newestFirst) {
    return (metric, runs) ->
        metric.equals(MetricNames.idOf(measure))
            ? Arrays.copyOf(newestFirst, Math.min(runs, newestFirst.length))
            : new double[0];
  }

  private static Finding finding(String rule, MetricHistory history, double measured) {
    return answer(rule, Plans.context(history), measured);
  }

  private static Finding anomaly(AnomalyTest test, MetricHistory history) {
    return answer(
        "DetectAnomalies \"RowCount\"", new PlanContext(Map.of(), Plans.NOW, history, test), 5);
  }

  private static Finding answer(String rule, PlanContext context, double measured) {
    PlannedRule.Leaf leaf = leaf(rule, context);
    return leaf.answer().apply(Map.of(leaf.measures().get(0), new Measured.Value(measured)));
  }

  private static PlannedRule.Leaf leaf(String rule, PlanContext context) {
    return new RulePlanner(Plans.TABLE, context)
        .plan(RulesetParser.parse("test", "Rules = [ " + rule + " ]"))
        .get(0)
        .leaves()
        .get(0);
  }

  private record Anomalies(int needed, boolean found) implements AnomalyTest {
    @Override
    public int needs(AnomalyStrategy strategy) {
      return needed;
    }

    @Override
    public boolean anomalous(AnomalyStrategy strategy, double[] past, double value) {
      assertThat(past).isSorted();
      return found;
    }
  }
}
