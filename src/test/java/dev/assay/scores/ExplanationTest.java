package dev.assay.scores;

import static dev.assay.model.Outcomes.passed;
import static dev.assay.model.Outcomes.unanswered;
import static dev.assay.model.Outcomes.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.RuleCost;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.Score;
import dev.assay.model.Trace;
import dev.assay.scores.Explanation.Change;
import dev.assay.scores.Explanation.Lost;
import dev.assay.scores.Explanation.PartitionLoss;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
  private static final Map<String, String> NONE = Map.of();

  private static RuleOutcome failed(String rule, Map<String, String> labels, String... columns) {
    return dev.assay.model.Outcomes.failed(rule, labels, columns);
  }

  @Test
  void aFailedRuleLosesItsWeightMostFirst() {
    RuleOutcome light = failed("light", NONE, "a");
    RuleOutcome heavy = failed("heavy", weight("3"), "b");

    Explanation explanation =
        Explanation.of(
            List.of(light, passed("good", weight("6"), "a"), heavy, unanswered("open", NONE, "a")),
            List.of());

    assertThat(explanation)
        .isEqualTo(
            new Explanation(
                List.of(
                    new Lost(heavy, new BigDecimal("30.000000")),
                    new Lost(light, new BigDecimal("10.000000"))),
                new TreeMap<>(
                    Map.of("a", new BigDecimal("10.000000"), "b", new BigDecimal("30.000000"))),
                List.of(),
                List.of()));
  }

  @Test
  void pointsAreSharedOutByTheRowsOfAPartitionThatBreakTheRule() {
    RuleOutcome complete = failed("complete", weight("3"), Map.of("day=1", 9L, "day=2", 1L));
    RuleOutcome values = failed("values", weight("1"), Map.of("day=2", 5L));
    RuleOutcome table = failed("table", weight("2"), Map.of());
    RuleOutcome shadow = failed("shadow", Map.of("shadow", "true"), Map.of("day=3", 7L));

    Explanation explanation =
        Explanation.of(
            List.of(complete, values, table, shadow, passed("good", weight("4"), "a")), List.of());

    assertThat(explanation.lostByPartition())
        .containsExactly(
            new PartitionLoss("day=1", complete, 9, new BigDecimal("27.000000")),
            new PartitionLoss("day=2", values, 5, new BigDecimal("10.000000")),
            new PartitionLoss("day=2", complete, 1, new BigDecimal("3.000000")));
  }

  private static RuleOutcome failed(
      String rule, Map<String, String> labels, Map<String, Long> failingByPartition) {
    RuleOutcome plain = dev.assay.model.Outcomes.failed(rule, labels, "a");
    return new RuleOutcome(
        plain.ordinal(),
        plain.rule(),
        plain.type(),
        plain.columns(),
        plain.labels(),
        plain.verdict(),
        plain.reason(),
        plain.observed(),
        plain.measured(),
        plain.message(),
        Optional.of(failingByPartition.values().stream().mapToLong(rows -> rows).sum()),
        new RuleCost(Trace.NOTHING, failingByPartition));
  }

  @Test
  void rulesThatLostTheSameStayInTheirOrder() {
    assertThat(
            Explanation.of(
                    List.of(failed("z", NONE), failed("a", NONE), failed("m", weight("2"))),
                    List.of())
                .lost())
        .extracting(lost -> lost.outcome().rule())
        .containsExactly("m", "z", "a");
  }

  @Test
  void shadowAndUnansweredRulesLoseNothing() {
    assertThat(
            Explanation.of(
                List.of(
                    passed("a", NONE, "c"),
                    failed("b", Map.of("shadow", "true"), "c"),
                    unanswered("d", NONE, "c")),
                List.of()))
        .isEqualTo(new Explanation(List.of(), Map.of(), List.of(), List.of()));
  }

  @Test
  void aRuleWithoutWeightLosesNoPointsAndIsStillListed() {
    RuleOutcome weightless = failed("b", weight("0"), "c");

    assertThat(Explanation.of(List.of(weightless), List.of()).lost())
        .containsExactly(new Lost(weightless, BigDecimal.ZERO));
    assertThat(Explanation.of(List.of(passed("a", NONE, "c"), weightless), List.of()).lost())
        .containsExactly(new Lost(weightless, new BigDecimal("0.000000")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 7, 11, 13, 97})
  void pointsLostAddUpToWhatTheScoreLacks(int rules) {
    List<RuleOutcome> outcomes = new ArrayList<>();
    for (int number = 0; number < rules; number++) {
      String name = "rule " + number;
      Map<String, String> weight = weight(String.valueOf(1 + number % 4));
      outcomes.add(
          number % 3 == 0 ? passed(name, weight, "a") : failed(name, weight, "a", "b", "c"));
    }

    Explanation explanation = Explanation.of(outcomes, List.of());

    BigDecimal lacking = BigDecimal.valueOf(100).subtract(Score.of(outcomes).value().orElseThrow());
    // each rule, and each column's part of it, is rounded by at most half of the sixth place
    Offset<BigDecimal> rounding =
        Offset.offset(new BigDecimal("0.000001").multiply(BigDecimal.valueOf(2L * rules)));
    assertThat(sum(explanation.lost().stream().map(Lost::points).toList()))
        .isCloseTo(lacking, rounding);
    assertThat(sum(List.copyOf(explanation.lostByColumn().values()))).isCloseTo(lacking, rounding);
  }

  @Test
  void aRuleOnSeveralColumnsLosesAnEqualPartOnEachAndOneOnTheTableUnderItsOwnName() {
    Explanation explanation =
        Explanation.of(
            List.of(
                failed("key", weight("3"), "a", "b"),
                failed("count", NONE),
                failed("mean", NONE, "a"),
                passed("good", weight("5"), "c")),
            List.of());

    assertThat(explanation.lostByColumn())
        .isEqualTo(
            Map.of(
                "a", new BigDecimal("25.000000"),
                "b", new BigDecimal("15.000000"),
                "(table)", new BigDecimal("10.000000")));
  }

  @Test
  void tellsWhichVerdictsAreNewSinceTheRunBefore() {
    List<RuleOutcome> before =
        List.of(
            passed("stays", NONE),
            passed("breaks", NONE),
            failed("heals", NONE),
            failed("vanishes", NONE),
            unanswered("answers", NONE));
    List<RuleOutcome> now =
        List.of(
            passed("stays", NONE),
            failed("breaks", NONE),
            passed("heals", NONE),
            failed("answers", NONE),
            unanswered("comes", NONE));

    assertThat(Explanation.of(now, before).changes())
        .containsExactly(
            new Change("breaks", Optional.of(Verdict.PASSED), Verdict.FAILED),
            new Change("heals", Optional.of(Verdict.FAILED), Verdict.PASSED),
            new Change("answers", Optional.of(Verdict.UNANSWERED), Verdict.FAILED),
            new Change("comes", Optional.empty(), Verdict.UNANSWERED));
  }

  @Test
  void theFirstRunHasNoChanges() {
    assertThat(Explanation.of(List.of(failed("a", NONE)), List.of()).changes()).isEmpty();
  }

  private static BigDecimal sum(List<BigDecimal> points) {
    return points.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
