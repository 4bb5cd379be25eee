package dev.assay.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.parse.RuleExpression;
import dev.assay.rules.parse.RulesetParser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompositeTest {
  @ParameterizedTest
  @CsvSource({
    "PASSED, PASSED, PASSED, PASSED",
    "PASSED, FAILED, FAILED, PASSED",
    "PASSED, UNANSWERED, UNANSWERED, PASSED",
    "FAILED, PASSED, FAILED, PASSED",
    "FAILED, FAILED, FAILED, FAILED",
    "FAILED, UNANSWERED, FAILED, UNANSWERED",
    "UNANSWERED, PASSED, UNANSWERED, PASSED",
    "UNANSWERED, FAILED, FAILED, UNANSWERED",
    "UNANSWERED, UNANSWERED, UNANSWERED, UNANSWERED"
  })
  void anUnansweredPartDecidesNothing(Verdict left, Verdict right, Verdict both, Verdict either) {
    assertThat(verdict("(RowCount > 1) and (RowCount > 2)", left, right)).isEqualTo(both);
    assertThat(verdict("(RowCount > 1) or (RowCount > 2)", left, right)).isEqualTo(either);
  }

  @ParameterizedTest
  @CsvSource({
    "PASSED, FAILED, FAILED, PASSED",
    "FAILED, PASSED, FAILED, FAILED",
    "FAILED, PASSED, PASSED, PASSED",
    "FAILED, UNANSWERED, PASSED, UNANSWERED",
    "FAILED, UNANSWERED, FAILED, FAILED"
  })
  void givesEachPartItsOwnFindingHoweverDeepItStands(
      Verdict first, Verdict second, Verdict third, Verdict expected) {
    assertThat(
            verdict("(RowCount > 1) or ((RowCount > 2) and (RowCount > 3))", first, second, third))
        .isEqualTo(expected);
  }

  @Test
  void theFindingOfASingleRuleIsItsOwn() {
    Finding finding = Finding.answered(false, 3, "3", "> 4", Optional.of(2L));

    assertThat(Composite.join(expression("RowCount > 4"), List.of(finding))).isSameAs(finding);
  }

  @Test
  void aFailedCompositeTellsWhatEachPartSaid() {
    Finding joined =
        Composite.join(
            expression("(RowCount > 4) and (IsComplete \"a\") and (Mean \"b\" > 1)"),
            List.of(
                failed("3", "too few rows"),
                Finding.answered(true, 1, "all 3 rows", "every row", Optional.of(0L)),
                Finding.unanswered(UnansweredReason.NO_ROWS, "no rows")));

    assertThat(joined)
        .isEqualTo(
            new Finding(
                Verdict.FAILED,
                Optional.empty(),
                "3; all 3 rows",
                Optional.empty(),
                "too few rows; no rows",
                Optional.empty()));
  }

  @Test
  void aPassedCompositeSaysNothingAboutThePartThatDoesNotHold() {
    Finding joined =
        Composite.join(
            expression("(RowCount > 4) or (RowCount < 4)"),
            List.of(
                Finding.answered(false, 3, "3", "> 4", Optional.empty()),
                Finding.answered(true, 3, "3", "< 4", Optional.empty())));

    assertThat(joined)
        .isEqualTo(
            new Finding(
                Verdict.PASSED, Optional.empty(), "3; 3", Optional.empty(), "", Optional.empty()));
  }

  @Test
  void anUnansweredCompositeGivesItsFirstReason() {
    Finding joined =
        Composite.join(
            expression("(RowCount > 4) or (Mean \"a\" > 1) or (Mean \"b\" > 1)"),
            List.of(
                failed("3", "too few rows"),
                Finding.unanswered(UnansweredReason.MISSING_COLUMN, "no column"),
                Finding.unanswered(UnansweredReason.WRONG_TYPE, "no number")));

    assertThat(joined)
        .isEqualTo(
            new Finding(
                Verdict.UNANSWERED,
                Optional.of(UnansweredReason.MISSING_COLUMN),
                "3",
                Optional.empty(),
                "too few rows; no column; no number",
                Optional.empty()));
  }

  private static Finding failed(String observed, String message) {
    return new Finding(
        Verdict.FAILED, Optional.empty(), observed, Optional.empty(), message, Optional.empty());
  }

  private static Verdict verdict(String rule, Verdict... parts) {
    List<Finding> findings =
        Stream.of(parts)
            .map(
                part ->
                    part == Verdict.UNANSWERED
                        ? Finding.unanswered(UnansweredReason.ERROR, "It failed.")
                        : Finding.answered(part == Verdict.PASSED, 1, "1", "> 0", Optional.empty()))
            .toList();
    return Composite.join(expression(rule), findings).verdict();
  }

  private static RuleExpression expression(String rule) {
    return RulesetParser.parse("test", "Rules = [ " + rule + " ]").entries().get(0).expression();
  }
}
