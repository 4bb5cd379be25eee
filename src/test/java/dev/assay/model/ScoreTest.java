package dev.assay.model;

import static dev.assay.model.Outcomes.failed;
import static dev.assay.model.Outcomes.passed;
import static dev.assay.model.Outcomes.unanswered;
import static dev.assay.model.Outcomes.weight;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTest {
  private static final Map<String, String> NONE = Map.of();

  @Test
  void isTheShareOfPassedRulesInPercent() {
    assertThat(
            Score.of(
                List.of(
                    passed("a", NONE), passed("b", NONE), passed("c", NONE), failed("d", NONE))))
        .isEqualTo(score("75.000000", "100.000000", 3, 1, 0));
  }

  @Test
  void countsARuleAsOftenAsItWeighs() {
    assertThat(Score.of(List.of(passed("a", weight("3")), failed("b", NONE))))
        .isEqualTo(score("75.000000", "100.000000", 1, 1, 0));
    assertThat(Score.of(List.of(passed("a", weight("0.5")), failed("b", weight("1.5")))))
        .isEqualTo(score("25.000000", "100.000000", 1, 1, 0));
  }

  @Test
  void ignoresTheFailureOfARuleWithoutWeight() {
    assertThat(Score.of(List.of(passed("a", NONE), failed("b", weight("0")))))
        .isEqualTo(score("100.000000", "100.000000", 1, 1, 0));
  }

  @Test
  void roundsToSixPlacesHalfUp() {
    // 1/3 and 2/3 in percent
    assertThat(Score.of(List.of(passed("a", NONE), failed("b", weight("2")))).value())
        .contains(new BigDecimal("33.333333"));
    assertThat(Score.of(List.of(passed("a", weight("2")), failed("b", NONE))).value())
        .contains(new BigDecimal("66.666667"));
    // exactly half of the seventh place
    assertThat(Score.percentage(new BigDecimal("1"), new BigDecimal("200000000")))
        .isEqualTo(new BigDecimal("0.000001"));
    assertThat(Score.percentage(new BigDecimal("1"), new BigDecimal("200000001")))
        .isEqualTo(new BigDecimal("0.000000"));
  }

  @Test
  void leavesUnansweredRulesOutOfTheScoreAndShowsThemInTheCoverage() {
    assertThat(Score.of(List.of(passed("a", NONE), passed("b", NONE), unanswered("c", NONE))))
        .isEqualTo(score("100.000000", "66.666667", 2, 0, 1));
  }

  @Test
  void coverageCountsRulesAndNotTheirWeights() {
    assertThat(Score.of(List.of(passed("a", NONE), unanswered("b", weight("9")))).coverage())
        .isEqualTo(new BigDecimal("50.000000"));
  }

  @Test
  void leavesShadowRulesOutOfEverything() {
    Map<String, String> shadow = Map.of("shadow", "true");

    assertThat(
            Score.of(
                List.of(
                    passed("a", NONE),
                    passed("b", shadow),
                    failed("c", shadow),
                    unanswered("d", shadow))))
        .isEqualTo(score("100.000000", "100.000000", 1, 0, 0));
  }

  @Test
  void thereIsNoneWhenNoRuleWasAnswered() {
    assertThat(Score.of(List.of(unanswered("a", NONE))))
        .isEqualTo(new Score(Optional.empty(), new BigDecimal("0.000000"), 0, 0, 1));
  }

  @Test
  void thereIsNoneWhenNoAnsweredRuleWeighsAnything() {
    assertThat(Score.of(List.of(passed("a", weight("0")), failed("b", weight("0")))))
        .isEqualTo(new Score(Optional.empty(), new BigDecimal("100.000000"), 1, 1, 0));
  }

  @Test
  void thereIsNoneButFullCoverageWithoutRules() {
    assertThat(Score.of(List.of()))
        .isEqualTo(new Score(Optional.empty(), new BigDecimal("100.000000"), 0, 0, 0));
    assertThat(Score.of(List.of(failed("a", Map.of("shadow", "true")))))
        .isEqualTo(new Score(Optional.empty(), new BigDecimal("100.000000"), 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"true, true", "TRUE, true", "false, false", "yes, false"})
  void onlyTrueMakesAShadow(String label, boolean shadow) {
    assertThat(failed("a", Map.of("shadow", label)).shadow()).isEqualTo(shadow);
  }

  private static Score score(
      String value, String coverage, int passed, int failed, int unanswered) {
    return new Score(
        Optional.of(new BigDecimal(value)), new BigDecimal(coverage), passed, failed, unanswered);
  }
}
