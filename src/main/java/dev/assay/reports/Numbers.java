package dev.assay.reports;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** Numbers as people read them. */
final class Numbers {
  private Numbers() {}

  /** A score with as many places as it needs, two at most unless they would hide a loss. */
  static String score(Optional<BigDecimal> score) {
    return score.map(Numbers::points).orElse("–");
  }

  static String points(BigDecimal points) {
    BigDecimal two = points.setScale(2, RoundingMode.FLOOR);
    return (two.stripTrailingZeros().scale() <= 0 ? two.setScale(0, RoundingMode.FLOOR) : two)
        .toPlainString();
  }

  /** A change with its sign; empty when there is nothing to compare with. */
  static String change(Optional<BigDecimal> now, Optional<BigDecimal> before) {
    if (now.isEmpty() || before.isEmpty()) {
      return "";
    }
    BigDecimal difference = now.get().subtract(before.get());
    if (difference.signum() == 0) {
      return "=";
    }
    BigDecimal two = difference.setScale(2, RoundingMode.HALF_UP);
    return (two.signum() > 0 ? "+" : "") + two.toPlainString();
  }

  /** An amount with two places; a small one with four digits that say something. */
  static String money(double amount, String currency) {
    BigDecimal exact = BigDecimal.valueOf(amount);
    BigDecimal shown =
        amount == 0 || amount >= 1
            ? exact.setScale(2, RoundingMode.HALF_UP)
            : exact.round(new MathContext(4)).stripTrailingZeros();
    return "%s %s"
        .formatted(
            (shown.scale() < 2 ? shown.setScale(2, RoundingMode.UNNECESSARY) : shown)
                .toPlainString(),
            currency);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
