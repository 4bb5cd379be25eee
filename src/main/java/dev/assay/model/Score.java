package dev.assay.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * The one number and what stands beside it.
 *
 * @param value Σ weight of passed ÷ Σ weight of answered × 100, six places, half up; empty when no
 *     rule was answered
 * @param coverage answered ÷ all counting rules × 100, six places, half up; 100 for no rules
 * @param passed number of passed rules, shadow rules left out; likewise {@code failed} and {@code
 *     unanswered}
 */
public record Score(
    Optional<BigDecimal> value, BigDecimal coverage, int passed, int failed, int unanswered) {
  /** Decimal places of a score and a coverage. */
  public static final int PLACES = 6;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Computes the score of one ruleset's outcomes. */
  public static Score of(List<RuleOutcome> outcomes) {
    List<RuleOutcome> counting = outcomes.stream().filter(outcome -> !outcome.shadow()).toList();
    BigDecimal passedWeight = weightOf(counting, RuleOutcome.Verdict.PASSED);
    BigDecimal answeredWeight = passedWeight.add(weightOf(counting, RuleOutcome.Verdict.FAILED));
    int passed = count(counting, RuleOutcome.Verdict.PASSED);
    int failed = count(counting, RuleOutcome.Verdict.FAILED);
    int unanswered = counting.size() - passed - failed;
    Optional<BigDecimal> value =
        answeredWeight.signum() == 0
            ? Optional.empty()
            : Optional.of(percentage(passedWeight, answeredWeight));
    BigDecimal coverage =
        counting.isEmpty()
            ? HUNDRED.setScale(PLACES)
            : percentage(BigDecimal.valueOf(passed + failed), BigDecimal.valueOf(counting.size()));
    return new Score(value, coverage, passed, failed, unanswered);
  }

  /** What a rule weighs: its label {@code weight}, or 1. */
  public static BigDecimal weightOf(RuleOutcome outcome) {
    String label = outcome.labels().get("weight");
    return label == null ? BigDecimal.ONE : new BigDecimal(label);
  }

  /** The share of {@code part} in {@code whole} in percent, with a score's places and rounding. */
  public static BigDecimal percentage(BigDecimal part, BigDecimal whole) {
    return part.multiply(HUNDRED).divide(whole, PLACES, RoundingMode.HALF_UP);
  }

  private static BigDecimal weightOf(List<RuleOutcome> outcomes, RuleOutcome.Verdict verdict) {
    return outcomes.stream()
        .filter(outcome -> outcome.verdict() == verdict)
        .map(Score::weightOf)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static int count(List<RuleOutcome> outcomes, RuleOutcome.Verdict verdict) {
    return (int) outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
  }
}
