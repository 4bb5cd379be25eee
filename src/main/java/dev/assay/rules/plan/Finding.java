package dev.assay.rules.plan;

import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.UnansweredReason;
import java.util.Optional;

/**
 * What one rule came to, before it is put into the ruleset's list of outcomes.
 *
 * @param observed what was measured, in words
 */
public record Finding(
    Verdict verdict,
    Optional<UnansweredReason> reason,
    String observed,
    Optional<Double> measured,
    String message,
    Optional<Long> failingRows) {

  public static Finding unanswered(UnansweredReason reason, String message) {
    return new Finding(
        Verdict.UNANSWERED, Optional.of(reason), "", Optional.empty(), message, Optional.empty());
  }

  static Finding answered(
      boolean passed, double measured, String observed, String expected, Optional<Long> failing) {
    return new Finding(
        passed ? Verdict.PASSED : Verdict.FAILED,
        Optional.empty(),
        observed,
        Optional.of(measured),
        passed ? "" : "Observed %s; expected %s.".formatted(observed, expected),
        failing);
  }
}
