package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.model.RuleOutcome.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleOutcomeTest {
  @Test
  void anUnansweredRuleNeedsAReason() {
    assertThatThrownBy(() -> outcome(Verdict.UNANSWERED, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rule 7 (RowCount > 0) is UNANSWERED with reason Optional.empty");
  }

  @ParameterizedTest
  @EnumSource(names = {"PASSED", "FAILED"})
  void anAnsweredRuleHasNoReason(Verdict verdict) {
    assertThatThrownBy(() -> outcome(verdict, Optional.of(UnansweredReason.ERROR)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rule 7 (RowCount > 0) is %s with reason Optional[ERROR]".formatted(verdict));
  }

  @Test
  void hasExactlyOneVerdict() {
    assertThat(
            List.of(
                outcome(Verdict.PASSED, Optional.empty()),
                outcome(Verdict.FAILED, Optional.empty()),
                outcome(Verdict.UNANSWERED, Optional.of(UnansweredReason.ERROR))))
        .extracting(RuleOutcome::passed, RuleOutcome::failed, RuleOutcome::unanswered)
        .containsExactly(
            tuple(true, false, false), tuple(false, true, false), tuple(false, false, true));
  }

  private static RuleOutcome outcome(Verdict verdict, Optional<UnansweredReason> reason) {
    return new RuleOutcome(
        7,
        "RowCount > 0",
        "RowCount",
        List.of(),
        Map.of(),
        verdict,
        reason,
        "",
        Optional.empty(),
        "",
        Optional.empty());
  }
}
