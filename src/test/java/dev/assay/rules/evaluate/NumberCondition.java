package dev.assay.rules.evaluate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;

/** A condition on a number, as DQDL and as a test. */
record NumberCondition(String text, DoublePredicate test) {
  /** One that fits numbers such as these. */
  static NumberCondition random(Random random, List<String> likely) {
    String one = likely.get(random.nextInt(likely.size()));
    String other = likely.get(random.nextInt(likely.size()));
    double first = Double.parseDouble(one);
    double second = Double.parseDouble(other);
    String low = first <= second ? one : other;
    String high = first <= second ? other : one;
    double least = Math.min(first, second);
    double most = Math.max(first, second);
    String list = "[%s, %s]".formatted(one, other);
    return switch (random.nextInt(12)) {
      case 0, 1 -> new NumberCondition("= " + one, value -> compare(value, first) == 0);
      case 2 -> new NumberCondition("!= " + one, value -> compare(value, first) != 0);
      case 3 -> new NumberCondition("< " + one, value -> compare(value, first) < 0);
      case 4, 5 -> new NumberCondition("<= " + one, value -> compare(value, first) <= 0);
      case 6 -> new NumberCondition("> " + one, value -> compare(value, first) > 0);
      case 7, 8 -> new NumberCondition(">= " + one, value -> compare(value, first) >= 0);
      case 9 ->
          new NumberCondition(
              "between %s and %s".formatted(low, high),
              value -> compare(value, least) > 0 && compare(value, most) < 0);
      case 10 ->
          new NumberCondition(
              "not between %s and %s".formatted(low, high),
              value -> compare(value, least) <= 0 || compare(value, most) >= 0);
      default -> {
        boolean not = random.nextBoolean();
        yield new NumberCondition(
            (not ? "not in " : "in ") + list,
            value -> (compare(value, first) == 0 || compare(value, second) == 0) != not);
      }
    };
  }

  static NumberCondition share(Random random) {
    return random(random, List.of("0", "0.25", "0.5", "0.75", "0.9", "0.99", "1", "1.0"));
  }

  /** A number that is none meets nothing. */
  boolean meets(double value) {
    return !Double.isNaN(value) && test.test(value);
  }

  private static int compare(double one, double other) {
    double size = Math.max(Math.abs(one), Math.abs(other));
    if (Double.isFinite(one) && Math.abs(one - other) <= 1e-12 * size) {
      return 0;
    }
    return Double.compare(one, other);
  }

  static String plain(double value) {
    return BigDecimal.valueOf(value).toPlainString();
  }
}
