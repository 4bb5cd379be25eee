package dev.assay.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.UnansweredReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
  private static final Measured.None NO_ROWS =
      new Measured.None(UnansweredReason.NO_ROWS, "There are no rows.");
  private static final Measured.None FAULT =
      new Measured.None(UnansweredReason.ERROR, "The query failed.");

  @Test
  void aNumberThatMeetsItsConditionPasses() {
    assertThat(answer("Completeness \"name\" > 0.9", value(0.95)))
        .isEqualTo(passed("0.95", 0.95, Optional.empty()));
  }

  @Test
  void aNumberThatBreaksItsConditionFailsAndSaysWhatWasExpected() {
    assertThat(answer("Completeness \"name\" > 0.9", value(0.25)))
        .isEqualTo(failed("0.25", 0.25, "Observed 0.25; expected > 0.9.", Optional.empty()));
  }

  @Test
  void aNumberThatCouldNotBeMeasuredLeavesTheRuleUnanswered() {
    assertThat(answer("Mean \"amount\" > 1", NO_ROWS))
        .isEqualTo(Finding.unanswered(UnansweredReason.NO_ROWS, "There are no rows."));
  }

  @Test
  void whatIsKnownFromTheColumnsNeedsNoMeasure() {
    assertThat(Plans.finding("ColumnCount = 9")).isEqualTo(passed("9", 9, Optional.empty()));
    assertThat(Plans.finding("ColumnCount > 9"))
        .isEqualTo(failed("9", 9, "Observed 9; expected > 9.", Optional.empty()));
    assertThat(Plans.finding("ColumnExists \"id\""))
        .isEqualTo(passed("present", 1, Optional.empty()));
    assertThat(Plans.finding("ColumnExists \"other\""))
        .isEqualTo(
            failed(
                "no such column",
                0,
                "Observed no such column; expected a column 'other'.",
                Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IsComplete \"name\"",
        "ColumnValues \"amount\" > 0",
        "ColumnValues \"amount\" > 0 with threshold > 0.9",
        "ColumnLength \"code\" = 3",
        "ColumnDataType \"name\" = \"Date\"",
        "DataFreshness \"seen\" < 1 day"
      })
  void aTableWithoutRowsBreaksNoRowRule(String rule) {
    // the share of no rows is not asked for
    assertThat(answer(rule, NO_ROWS, value(0))).isEqualTo(passed("no rows", 1, Optional.of(0L)));
  }

  @Test
  void aRowRulePassesWhenEveryRowMeetsIt() {
    assertThat(answer("ColumnValues \"amount\" > 0", value(1), value(20)))
        .isEqualTo(passed("all 20 rows", 1, Optional.of(0L)));
  }

  @Test
  void aRowRuleFailsOnOneRowAndCountsIt() {
    assertThat(answer("ColumnValues \"amount\" > 0", value(0.95), value(20)))
        .isEqualTo(
            failed(
                "0.95 of rows, 1 not",
                0.95,
                "Observed 0.95 of rows, 1 not; expected every row to meet it.",
                Optional.of(1L)));
  }

  @Test
  void aRowRuleSeesOneRowInAHundredMillion() {
    double share = 99_999_999 / 100_000_000.0;

    assertThat(answer("IsComplete \"name\"", value(share), value(100_000_000)))
        .extracting(Finding::verdict, Finding::failingRows)
        .containsExactly(Verdict.FAILED, Optional.of(1L));
  }

  @ParameterizedTest
  @CsvSource({
    "> 0.9, 0.95, PASSED",
    "> 0.95, 0.95, FAILED",
    ">= 0.95, 0.95, PASSED",
    "between 0.5 and 0.95, 0.95, FAILED",
    "between 0.5 and 0.96, 0.95, PASSED",
    "= 1, 0.95, FAILED",
    "< 0.5, 1, FAILED"
  })
  void aThresholdAsksForAShareOfTheRows(String threshold, double share, Verdict verdict) {
    assertThat(
            answer(
                "ColumnValues \"amount\" > 0 with threshold " + threshold, value(share), value(20)))
        .extracting(Finding::verdict)
        .isEqualTo(verdict);
  }

  @Test
  void aThresholdReportsTheFailingRowsWhetherItIsMetOrNot() {
    assertThat(answer("IsComplete \"name\" with threshold > 0.9", value(0.95), value(20)))
        .isEqualTo(passed("0.95 of rows, 1 not", 0.95, Optional.of(1L)));
    assertThat(answer("IsComplete \"name\" with threshold > 0.9", value(0.5), value(20)))
        .isEqualTo(
            failed(
                "0.5 of rows, 10 not",
                0.5,
                "Observed 0.5 of rows, 10 not; expected a share of rows > 0.9.",
                Optional.of(10L)));
  }

  @Test
  void aRowRuleIsUnansweredWhenAMeasureIs() {
    Finding unanswered = Finding.unanswered(UnansweredReason.ERROR, "The query failed.");

    assertThat(answer("IsComplete \"name\"", value(1), FAULT)).isEqualTo(unanswered);
    assertThat(answer("IsComplete \"name\"", FAULT, value(20))).isEqualTo(unanswered);
  }

  @Test
  void uniqueMeansAllOfIt() {
    assertThat(answer("IsUnique \"id\"", value(1))).isEqualTo(passed("1", 1, Optional.empty()));
    assertThat(answer("IsUnique \"id\"", value(0.98)))
        .isEqualTo(
            failed("0.98", 0.98, "Observed 0.98; expected only unique values.", Optional.empty()));
    assertThat(answer("IsUnique \"id\"", NO_ROWS)).isEqualTo(passed("1", 1, Optional.empty()));
    assertThat(answer("IsUnique \"id\"", FAULT))
        .isEqualTo(Finding.unanswered(UnansweredReason.ERROR, "The query failed."));
  }

  @Test
  void aPrimaryKeyIsUniqueAndComplete() {
    String rule = "IsPrimaryKey \"id\" \"name\"";

    assertThat(answer(rule, value(1), value(1), value(1)))
        .isEqualTo(passed("1", 1, Optional.empty()));
    assertThat(answer(rule, value(1), value(1), value(0.5)))
        .isEqualTo(
            failed(
                "0.5", 0.5, "Observed 0.5; expected unique and complete keys.", Optional.empty()));
    assertThat(answer(rule, value(0.4), value(1), value(0.5)))
        .isEqualTo(
            failed(
                "0.4", 0.4, "Observed 0.4; expected unique and complete keys.", Optional.empty()));
    assertThat(answer(rule, NO_ROWS, NO_ROWS, NO_ROWS)).isEqualTo(passed("1", 1, Optional.empty()));
    assertThat(answer(rule, value(1), FAULT, value(1)))
        .isEqualTo(Finding.unanswered(UnansweredReason.ERROR, "The query failed."));
  }

  @Test
  void aRowRuleSeesOneRowInTenThousandMillionMillion() {
    long rows = 10_000_000_000_000_000L;

    assertThat(
            answer(
                "IsComplete \"name\" with threshold >= 1",
                Measured.Value.share(rows - 1, rows),
                Measured.Value.count(rows)))
        .extracting(Finding::verdict, Finding::failingRows)
        .containsExactly(Verdict.FAILED, Optional.of(1L));
  }

  @Test
  void aThresholdOfKeysAsksForTheShareThatOccursOnce() {
    String rule = "IsUnique \"id\" with threshold >= 0.9";

    assertThat(answer(rule, Measured.Value.share(9, 10)))
        .isEqualTo(passed("0.9 of keys", 0.9, Optional.empty()));
    assertThat(answer(rule, Measured.Value.share(8, 10)))
        .isEqualTo(
            failed(
                "0.8 of keys",
                0.8,
                "Observed 0.8 of keys; expected a share of keys that occur once >= 0.9.",
                Optional.empty()));
    assertThat(answer(rule, NO_ROWS)).isEqualTo(passed("no keys", 1, Optional.empty()));
    assertThat(answer(rule, FAULT))
        .isEqualTo(Finding.unanswered(UnansweredReason.ERROR, "The query failed."));
  }

  @Test
  void aThresholdOfAPrimaryKeyCountsTheRowsThatBreakIt() {
    String rule = "IsPrimaryKey \"id\" \"name\" with threshold > 0.7";

    assertThat(answer(rule, Measured.Value.share(15, 20), Measured.Value.count(20)))
        .isEqualTo(passed("0.75 of rows, 5 not", 0.75, Optional.of(5L)));
    assertThat(answer(rule, NO_ROWS, Measured.Value.count(0)))
        .isEqualTo(passed("no rows", 1, Optional.of(0L)));
  }

  @Test
  void aQueryWithoutConditionMustReturnEveryRow() {
    String rule = "CustomSql \"select id from primary where id > 0\"";

    assertThat(answer(rule, value(20), value(20)))
        .isEqualTo(passed("all 20 rows", 1, Optional.of(0L)));
    assertThat(answer(rule, value(15), value(20)))
        .extracting(Finding::verdict, Finding::observed, Finding::failingRows)
        .containsExactly(Verdict.FAILED, "0.75 of rows, 5 not", Optional.of(5L));
    assertThat(answer(rule, value(0), value(0))).isEqualTo(passed("no rows", 1, Optional.of(0L)));
    assertThat(answer(rule + " with threshold > 0.7", value(15), value(20)))
        .isEqualTo(passed("0.75 of rows, 5 not", 0.75, Optional.of(5L)));
    assertThat(answer(rule, FAULT, value(20)))
        .isEqualTo(Finding.unanswered(UnansweredReason.ERROR, "The query failed."));
  }

  @Test
  void rowsOfATableAreComparedWithThoseOfAReference() {
    String rule = "RowCountMatch \"vehicles\" between 0.8 and 1.2";

    assertThat(answer(rule, value(90), value(100)))
        .isEqualTo(passed("0.9 (90 against 100 rows)", 0.9, Optional.empty()));
    assertThat(answer(rule, value(50), value(100)))
        .isEqualTo(
            failed(
                "0.5 (50 against 100 rows)",
                0.5,
                "Observed 0.5 (50 against 100 rows); expected between 0.8 and 1.2.",
                Optional.empty()));
    assertThat(answer(rule, value(0), value(0)))
        .isEqualTo(passed("1 (0 against 0 rows)", 1, Optional.empty()));
    assertThat(answer(rule, value(7), value(0)))
        .isEqualTo(
            failed(
                "7 rows against none",
                7,
                "Observed 7 rows against none; expected between 0.8 and 1.2.",
                Optional.empty()));
    assertThat(answer(rule, value(7), FAULT))
        .isEqualTo(Finding.unanswered(UnansweredReason.ERROR, "The query failed."));
  }

  @Test
  void aForgottenMeasureIsOurFault() {
    assertThatThrownBy(() -> Plans.leaf("Mean \"amount\" > 1").answer().apply(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "nothing was measured for Statistic[kind=MEAN, column=amount, where=Optional.empty]");
  }

  /** The finding of a rule, its measures given in their order. */
  private static Finding answer(String rule, Measured... found) {
    PlannedRule.Leaf leaf = Plans.leaf(rule);
    List<Measure> measures = leaf.measures();
    assertThat(found).hasSameSizeAs(measures);
    Map<Measure, Measured> measured = new HashMap<>();
    for (int index = 0; index < found.length; index++) {
      measured.put(measures.get(index), found[index]);
    }
    return leaf.answer().apply(measured);
  }

  private static Measured value(double value) {
    return new Measured.Value(value);
  }

  private static Finding passed(String observed, double measured, Optional<Long> failing) {
    return new Finding(
        Verdict.PASSED, Optional.empty(), observed, Optional.of(measured), "", failing);
  }

  private static Finding failed(
      String observed, double measured, String message, Optional<Long> failing) {
    return new Finding(
        Verdict.FAILED, Optional.empty(), observed, Optional.of(measured), message, failing);
  }
}
