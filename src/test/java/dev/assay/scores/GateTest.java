package dev.assay.scores;

import static dev.assay.model.Outcomes.failed;
import static dev.assay.model.Outcomes.passed;
import static dev.assay.model.Outcomes.unanswered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.GateDecision;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleOutcome;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.job.GatePolicy;
import dev.assay.model.job.GatePolicy.Empty;
import dev.assay.model.job.GatePolicy.FirstPublish;
import dev.assay.model.job.GatePolicy.OnBadRule;
import dev.assay.model.job.GatePolicy.Unanswered;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final Map<String, String> NONE = Map.of();
  private static final List<RuleOutcome> ALL_PASSED = List.of(passed("a", NONE), passed("b", NONE));
  private static final List<RuleOutcome> HALF_FAILED =
      List.of(passed("a", NONE), failed("b", NONE));
  private static final List<RuleOutcome> HALF_UNANSWERED =
      List.of(passed("a", NONE), unanswered("b", NONE));

  @Test
  void withoutFurtherWishesAnyScorePasses() {
    assertThat(decide(GatePolicy.DEFAULT, ALL_PASSED)).isEqualTo(GateDecision.PASS);
    assertThat(decide(GatePolicy.DEFAULT, HALF_FAILED)).isEqualTo(GateDecision.PASS);
    assertThat(decide(GatePolicy.DEFAULT, List.of())).isEqualTo(GateDecision.PASS);
  }

  @ParameterizedTest
  @CsvSource({"50, true", "49.999999, true", "0, true", "50.000001, false", "100, false"})
  void theMinimumScoreMayBeMetExactly(BigDecimal minimum, boolean passes) {
    assertThat(decide(minimumScore(minimum), HALF_FAILED).passes()).isEqualTo(passes);
  }

  @Test
  void aScoreBelowTheMinimumHolds() {
    assertThat(decide(minimumScore(new BigDecimal("80.50")), HALF_FAILED))
        .isEqualTo(held("Score 50 is below the minimum of 80.5."));
  }

  @Test
  void aMissingScoreHoldsWhereAMinimumIsAskedFor() {
    assertThat(decide(minimumScore(BigDecimal.valueOf(100)), List.of()))
        .isEqualTo(held("There is no score, and a minimum of 100 is asked for."));
  }

  @Test
  void unansweredRulesHoldUnlessTheyAreIgnored() {
    assertThat(decide(GatePolicy.DEFAULT, HALF_UNANSWERED))
        .isEqualTo(held("1 rule has no answer."));
    assertThat(
            decide(
                GatePolicy.DEFAULT,
                List.of(passed("a", NONE), unanswered("b", NONE), unanswered("c", NONE))))
        .isEqualTo(held("2 rules have no answer."));
    assertThat(
            decide(
                policy(0, NONE, Unanswered.IGNORE, FirstPublish.PASS, Optional.empty()),
                HALF_UNANSWERED))
        .isEqualTo(GateDecision.PASS);
  }

  @Test
  void coverageBelowTheMinimumHoldsWhereUnansweredRulesAreIgnored() {
    assertThat(
            decide(
                policy(60, NONE, Unanswered.IGNORE, FirstPublish.PASS, Optional.empty()),
                HALF_UNANSWERED))
        .isEqualTo(held("Coverage 50 is below the minimum of 60."));
    assertThat(
            decide(
                policy(50, NONE, Unanswered.IGNORE, FirstPublish.PASS, Optional.empty()),
                HALF_UNANSWERED))
        .isEqualTo(GateDecision.PASS);
  }

  @Test
  void unansweredRulesAreToldOnceWhereBothTheyAndTheCoverageStandAgainstIt() {
    assertThat(
            decide(
                policy(100, NONE, Unanswered.HOLD, FirstPublish.PASS, Optional.empty()),
                HALF_UNANSWERED))
        .isEqualTo(held("1 rule has no answer."));
  }

  @Test
  void aFailedRuleThatMustPassHoldsWhateverTheScore() {
    GatePolicy policy =
        policy(
            100,
            Map.of("severity", "blocker", "law", "gdpr"),
            Unanswered.HOLD,
            FirstPublish.PASS,
            Optional.empty());

    GateDecision decision =
        decide(
            policy,
            List.of(
                failed("one", Map.of("severity", "blocker")),
                failed("two", Map.of("severity", "minor")),
                failed("three", Map.of("law", "gdpr", "severity", "minor")),
                passed("four", Map.of("severity", "blocker")),
                failed("five", Map.of("blocker", "severity")),
                failed("six", NONE)));

    assertThat(decision)
        .isEqualTo(
            held(
                "Must pass, and failed: one. Observed something else.",
                "Must pass, and failed: three. Observed something else."));
  }

  @Test
  void aRuleThatMustPassAndHasNoAnswerHoldsAlsoWhereOthersMayHaveNone() {
    GatePolicy policy =
        policy(
            0,
            Map.of("severity", "blocker"),
            Unanswered.IGNORE,
            FirstPublish.PASS,
            Optional.empty());

    GateDecision decision =
        decide(
            policy,
            List.of(
                unanswered("one", Map.of("severity", "blocker")),
                unanswered("two", NONE),
                passed("three", NONE)));

    assertThat(decision.holdReasons()).hasSize(1);
    assertThat(decision.holdReasons().get(0)).startsWith("Must pass, and has no answer: one.");
  }

  @Test
  void shadowRulesNeitherLowerTheScoreNorCountAsUnanswered() {
    Map<String, String> shadow = Map.of("shadow", "true");

    assertThat(
            decide(
                minimumScore(BigDecimal.valueOf(100)),
                List.of(passed("a", NONE), failed("b", shadow), unanswered("c", shadow))))
        .isEqualTo(GateDecision.PASS);
  }

  @ParameterizedTest
  @CsvSource({"5, true", "6, false", "0, true", "100, false"})
  void theMaximumQuarantineMayBeReachedExactly(long quarantined, boolean passes) {
    assertThat(decide(quarantine("5"), counts(100, quarantined)).passes()).isEqualTo(passes);
  }

  @Test
  void tooManyQuarantinedRowsHold() {
    assertThat(decide(quarantine("2.50"), counts(3, 1)))
        .isEqualTo(held("33.333333 % of the rows are quarantined; at most 2.5 % may be."));
  }

  @Test
  void noRowsAreNotTooManyQuarantinedRows() {
    assertThat(decide(quarantine("0"), RowCounts.NONE)).isEqualTo(GateDecision.PASS);
  }

  @Test
  void anyNumberOfQuarantinedRowsPassesWithoutAMaximum() {
    assertThat(decide(GatePolicy.DEFAULT, counts(100, 100))).isEqualTo(GateDecision.PASS);
  }

  @Test
  void theFirstLoadIsHeldWhereAReviewIsAskedFor() {
    GatePolicy review = policy(100, NONE, Unanswered.HOLD, FirstPublish.REVIEW, Optional.empty());
    Score score = Score.of(ALL_PASSED);

    assertThat(Gate.decide(review, score, ALL_PASSED, RowCounts.NONE, true))
        .isEqualTo(held("It is the first load, and the job asks for a review of it."));
    assertThat(Gate.decide(review, score, ALL_PASSED, RowCounts.NONE, false))
        .isEqualTo(GateDecision.PASS);
    assertThat(Gate.decide(GatePolicy.DEFAULT, score, ALL_PASSED, RowCounts.NONE, true))
        .isEqualTo(GateDecision.PASS);
  }

  @Test
  void aRunThatWouldEmptyTheTableIsHeldUnlessTheJobAllowsIt() {
    GatePolicy allowing =
        new GatePolicy(
            Optional.empty(),
            BigDecimal.valueOf(100),
            NONE,
            Unanswered.HOLD,
            FirstPublish.PASS,
            OnBadRule.REFUSE,
            ScoreScope.TABLE,
            Optional.empty(),
            Empty.PASS);
    Score score = Score.of(ALL_PASSED);

    assertThat(
            Gate.decide(GatePolicy.DEFAULT, score, ALL_PASSED, RowCounts.NONE, Gate.Load.EMPTYING))
        .isEqualTo(
            held(
                "The run made no rows, and mode replace would take away all that the table has. Where that is right, approve the run, or set gate.empty: pass."));
    assertThat(Gate.decide(allowing, score, ALL_PASSED, RowCounts.NONE, Gate.Load.EMPTYING))
        .isEqualTo(GateDecision.PASS);
  }

  @Test
  void everythingThatStandsAgainstPublishingIsTold() {
    GatePolicy strict =
        new GatePolicy(
            Optional.of(BigDecimal.valueOf(90)),
            BigDecimal.valueOf(100),
            Map.of("severity", "blocker"),
            Unanswered.HOLD,
            FirstPublish.REVIEW,
            OnBadRule.REFUSE,
            ScoreScope.TABLE,
            Optional.of(BigDecimal.ONE),
            Empty.HOLD);
    List<RuleOutcome> outcomes =
        List.of(failed("a", Map.of("severity", "blocker")), unanswered("b", NONE));

    GateDecision decision =
        Gate.decide(strict, Score.of(outcomes), outcomes, counts(100, 50), true);

    assertThat(decision)
        .isEqualTo(
            held(
                "Must pass, and failed: a. Observed something else.",
                "Score 0 is below the minimum of 90.",
                "1 rule has no answer.",
                "50 % of the rows are quarantined; at most 1 % may be.",
                "It is the first load, and the job asks for a review of it."));
  }

  private static GateDecision decide(GatePolicy policy, List<RuleOutcome> outcomes) {
    return Gate.decide(policy, Score.of(outcomes), outcomes, RowCounts.NONE, false);
  }

  private static GateDecision decide(GatePolicy policy, RowCounts counts) {
    return Gate.decide(policy, Score.of(ALL_PASSED), ALL_PASSED, counts, false);
  }

  private static GateDecision held(String... reasons) {
    return new GateDecision(List.of(reasons));
  }

  private static RowCounts counts(long read, long quarantined) {
    return new RowCounts(read, Map.of(), Map.of(), quarantined, read - quarantined);
  }

  private static GatePolicy minimumScore(BigDecimal minimum) {
    return new GatePolicy(
        Optional.of(minimum),
        BigDecimal.valueOf(100),
        NONE,
        Unanswered.HOLD,
        FirstPublish.PASS,
        OnBadRule.REFUSE,
        ScoreScope.TABLE,
        Optional.empty(),
        Empty.HOLD);
  }

  private static GatePolicy quarantine(String maximum) {
    return policy(
        100, NONE, Unanswered.HOLD, FirstPublish.PASS, Optional.of(new BigDecimal(maximum)));
  }

  private static GatePolicy policy(
      int minimumCoverage,
      Map<String, String> mustPass,
      Unanswered unanswered,
      FirstPublish firstPublish,
      Optional<BigDecimal> maximumQuarantine) {
    return new GatePolicy(
        Optional.empty(),
        BigDecimal.valueOf(minimumCoverage),
        mustPass,
        unanswered,
        firstPublish,
        OnBadRule.REFUSE,
        ScoreScope.TABLE,
        maximumQuarantine,
        Empty.HOLD);
  }
}
