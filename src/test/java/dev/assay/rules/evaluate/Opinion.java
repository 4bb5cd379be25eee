package dev.assay.rules.evaluate;

import dev.assay.model.RuleOutcome;
import dev.assay.model.RuleOutcome.Verdict;
import java.util.Optional;

/**
 * What somebody makes of a rule.
 *
 * @param number what was measured, if that is one number
 * @param failingRows for rules about rows
 */
record Opinion(Verdict verdict, Optional<Double> number, Optional<Long> failingRows) {
  static final Opinion UNANSWERED =
      new Opinion(Verdict.UNANSWERED, Optional.empty(), Optional.empty());

  static Opinion of(RuleOutcome outcome) {
    return new Opinion(outcome.verdict(), outcome.measured(), outcome.failingRows());
  }

  static Opinion number(boolean passed, double number) {
    return new Opinion(
        passed ? Verdict.PASSED : Verdict.FAILED, Optional.of(number), Optional.empty());
  }

  static Opinion rows(double rows, double failing, Optional<NumberCondition> threshold) {
    // a table without rows breaks no rule about rows
    double share = rows == 0 ? 1 : (rows - failing) / rows;
    boolean passed =
        rows == 0
            || threshold.map(condition -> condition.meets(share)).orElse(Math.round(failing) == 0);
    return new Opinion(
        passed ? Verdict.PASSED : Verdict.FAILED,
        Optional.of(share),
        Optional.of(Math.round(failing)));
  }

  boolean same(Opinion other, double scale) {
    return verdict == other.verdict
        && failingRows.equals(other.failingRows)
        && number.isPresent() == other.number.isPresent()
        && (number.isEmpty() || close(number.get(), other.number.get(), scale));
  }

  static boolean close(double one, double other, double scale) {
    if (!Double.isFinite(one) || !Double.isFinite(other)) {
      return Double.compare(one, other) == 0;
    }
    double size = Math.max(Math.abs(one), Math.abs(other));
    // the scale is infinite where an infinite number took part, and then says nothing
    double tolerance = 1e-9 * Math.max(size, Double.isFinite(scale) ? scale : 0);
    return Math.abs(one - other) <= tolerance;
  }

  @Override
  public String toString() {
    return verdict
        + number.map(value -> " " + value).orElse("")
        + failingRows.map(rows -> " failing " + rows).orElse("");
  }
}
