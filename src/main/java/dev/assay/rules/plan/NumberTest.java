package dev.assay.rules.plan;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Puts a measured number to a condition. Both are first rounded to twelve significant digits, so
 * that the order in which floating numbers were added never flips an outcome.
 */
final class NumberTest {
  private static final MathContext TWELVE_DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);

  private NumberTest() {}

  static boolean accepts(Condition condition, double measured) {
    if (Double.isNaN(measured)) {
      return false;
    }
    if (Double.isInfinite(measured)) {
      return acceptsInfinity(condition, measured);
    }
    BigDecimal value = rounded(measured);
    if (condition instanceof Condition.Between between) {
      boolean inside =
          value.compareTo(number(between.low())) > 0 && value.compareTo(number(between.high())) < 0;
      return inside != between.negated();
    }
    if (condition instanceof Condition.In in) {
      boolean found =
          in.operands().stream().anyMatch(operand -> value.compareTo(number(operand)) == 0);
      return found != in.negated();
    }
    Condition.Compare compare = (Condition.Compare) condition;
    return compare.operator().accepts(value.compareTo(number(compare.operand())));
  }

  /** The number as people read it: at most twelve digits, no exponent for usual sizes. */
  static String show(double measured) {
    if (Double.isNaN(measured) || Double.isInfinite(measured)) {
      return Double.toString(measured);
    }
    BigDecimal value = rounded(measured).stripTrailingZeros();
    return value.scale() < -15 || value.scale() > 20 ? value.toString() : value.toPlainString();
  }

  private static BigDecimal rounded(double measured) {
    return BigDecimal.valueOf(measured).round(TWELVE_DIGITS);
  }

  private static boolean acceptsInfinity(Condition condition, double measured) {
    if (condition instanceof Condition.Compare compare) {
      return compare.operator().accepts(measured > 0 ? 1 : -1);
    }
    return condition instanceof Condition.Between between
        ? between.negated()
        : ((Condition.In) condition).negated();
  }

  private static BigDecimal number(Operand operand) {
    return ((Operand.Number) operand).value().round(TWELVE_DIGITS);
  }
}
