package dev.assay.rules.plan;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Puts a measured number to a condition. Exact numbers are compared as they are. Where floating
 * numbers were added up or divided, on either side, both sides are first rounded to twelve
 * significant digits, so that the order of doing so never flips an outcome.
 */
final class NumberTest {
  private static final MathContext TWELVE_DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);

  /** Digits behind the point that people want to read of an exact number. */
  private static final int MOST_SHOWN = 12;

  private NumberTest() {}

  static boolean accepts(Condition condition, double measured) {
    return accepts(condition, new Measured.Value(measured));
  }

  static boolean accepts(Condition condition, Measured.Value number) {
    double measured = number.value();
    Optional<BigDecimal> exact = number.exact();
    if (exact.isPresent()) {
      return accepts(condition, operand -> order(exact.get(), operand));
    }
    if (Double.isNaN(measured)) {
      return false;
    }
    if (Double.isInfinite(measured)) {
      return acceptsInfinity(condition, measured);
    }
    BigDecimal value = rounded(BigDecimal.valueOf(measured));
    return accepts(condition, operand -> value.compareTo(rounded(value(operand))));
  }

  /** Of an exact number; what earlier runs come to is a floating number. */
  private static int order(BigDecimal exact, Operand operand) {
    return operand instanceof Operand.Settled settled
        ? rounded(exact).compareTo(rounded(settled.value()))
        : exact.compareTo(value(operand));
  }

  private static boolean accepts(Condition condition, ToIntFunction<Operand> order) {
    if (condition instanceof Condition.Between between) {
      boolean inside = order.applyAsInt(between.low()) > 0 && order.applyAsInt(between.high()) < 0;
      return inside != between.negated();
    }
    if (condition instanceof Condition.In in) {
      boolean found = in.operands().stream().anyMatch(member -> order.applyAsInt(member) == 0);
      return found != in.negated();
    }
    Condition.Compare compare = (Condition.Compare) condition;
    return compare.operator().accepts(order.applyAsInt(compare.operand()));
  }

  /**
   * The number as people read it: an exact one with all its digits, unless it is a long fraction.
   */
  static String show(Measured.Value number) {
    return number
        .exact()
        .map(BigDecimal::stripTrailingZeros)
        .filter(exact -> exact.scale() <= MOST_SHOWN)
        .map(BigDecimal::toPlainString)
        .orElseGet(() -> show(number.value()));
  }

  /** The number as people read it: at most twelve digits, no exponent for usual sizes. */
  static String show(double measured) {
    if (Double.isNaN(measured) || Double.isInfinite(measured)) {
      return Double.toString(measured);
    }
    BigDecimal value = rounded(BigDecimal.valueOf(measured)).stripTrailingZeros();
    return value.scale() < -15 || value.scale() > 20 ? value.toString() : value.toPlainString();
  }

  private static BigDecimal rounded(BigDecimal number) {
    return number.round(TWELVE_DIGITS);
  }

  private static boolean acceptsInfinity(Condition condition, double measured) {
    if (condition instanceof Condition.Compare compare) {
      return compare.operator().accepts(measured > 0 ? 1 : -1);
    }
    return condition instanceof Condition.Between between
        ? between.negated()
        : ((Condition.In) condition).negated();
  }

  private static BigDecimal value(Operand operand) {
    return operand instanceof Operand.Settled settled
        ? settled.value()
        : ((Operand.Number) operand).value();
  }
}
