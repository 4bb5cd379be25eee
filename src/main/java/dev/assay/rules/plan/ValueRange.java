package dev.assay.rules.plan;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import dev.assay.rules.plan.RangeTest.End;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The range that a condition means, where it means one and Spark compares the way numbers compare:
 * whole numbers, decimals that fit, floating numbers against the nearest double, dates, instants.
 */
final class ValueRange {
  private static final int MOST_DIGITS = 38;

  private final String column;
  private final String type;
  private final Instant now;

  ValueRange(String column, String type, Instant now) {
    this.column = column;
    this.type = type;
    this.now = now;
  }

  Optional<RangeTest> of(Condition condition) {
    if (condition instanceof Condition.Between between && !between.negated()) {
      return end(between.low(), false)
          .flatMap(
              low ->
                  end(between.high(), false)
                      .map(high -> new RangeTest(column, Optional.of(low), Optional.of(high))));
    }
    if (condition instanceof Condition.Compare compare) {
      return switch (compare.operator()) {
        case GREATER -> low(compare.operand(), false);
        case GREATER_OR_EQUAL -> low(compare.operand(), true);
        case LESS -> high(compare.operand(), false);
        case LESS_OR_EQUAL -> high(compare.operand(), true);
        case EQUAL ->
            end(compare.operand(), true)
                .map(end -> new RangeTest(column, Optional.of(end), Optional.of(end)));
        case NOT_EQUAL -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  /** The range of an age in seconds, as a range of instants: young means late. */
  static Optional<RangeTest> ofAge(String column, String type, Condition condition, Instant now) {
    if (!type.equals("timestamp") || !(condition instanceof Condition.Compare compare)) {
      return Optional.empty();
    }
    if (!(compare.operand() instanceof Operand.Length length)) {
      return Optional.empty();
    }
    BigDecimal border = micros(now.minus(length.value()));
    return switch (compare.operator()) {
      case LESS -> Optional.of(from(column, border, false));
      case LESS_OR_EQUAL -> Optional.of(from(column, border, true));
      default -> Optional.empty();
    };
  }

  private static RangeTest from(String column, BigDecimal border, boolean inclusive) {
    return new RangeTest(column, Optional.of(new End(border, inclusive)), Optional.empty());
  }

  private Optional<RangeTest> low(Operand operand, boolean inclusive) {
    return end(operand, inclusive)
        .map(end -> new RangeTest(column, Optional.of(end), Optional.empty()));
  }

  private Optional<RangeTest> high(Operand operand, boolean inclusive) {
    return end(operand, inclusive)
        .map(end -> new RangeTest(column, Optional.empty(), Optional.of(end)));
  }

  private Optional<End> end(Operand operand, boolean inclusive) {
    return value(operand).map(value -> new End(value, inclusive));
  }

  private Optional<BigDecimal> value(Operand operand) {
    String base = type.contains("(") ? type.substring(0, type.indexOf('(')) : type;
    if (operand instanceof Operand.Number number) {
      return number(base, number.value());
    }
    if (base.equals("date")) {
      return day(operand).map(day -> BigDecimal.valueOf(day.toEpochDay()));
    }
    if (base.equals("timestamp") && operand instanceof Operand.Now shifted) {
      return Optional.of(micros(shifted.at(now)));
    }
    return Optional.empty();
  }

  private Optional<BigDecimal> number(String base, BigDecimal value) {
    // an exponent makes the literal a double, which rounds whole numbers and decimals
    boolean exact = value.toString().indexOf('E') < 0;
    double nearest = value.doubleValue();
    return switch (base) {
      case "tinyint", "smallint", "int", "bigint" -> exact ? Optional.of(value) : Optional.empty();
      case "decimal" -> exact && fits(value) ? Optional.of(value) : Optional.empty();
      case "double" ->
          Double.isInfinite(nearest) ? Optional.empty() : Optional.of(new BigDecimal(nearest));
        // a whole literal is rounded to a float, another one is not
      case "float" ->
          (float) nearest == nearest ? Optional.of(new BigDecimal(nearest)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<LocalDate> day(Operand operand) {
    if (operand instanceof Operand.Now shifted) {
      return Optional.of(LocalDate.ofInstant(shifted.at(now), ZoneOffset.UTC));
    }
    // the predicate was made from the same text, which was a date then
    return operand instanceof Operand.Text text
        ? Optional.of(LocalDate.parse(text.value()))
        : Optional.empty();
  }

  /** Whether Spark compares the column and the number without rounding either. */
  private boolean fits(BigDecimal number) {
    String[] sizes = type.substring(type.indexOf('(') + 1, type.length() - 1).split(",", -1);
    int scale = Integer.parseInt(sizes[1].strip());
    int whole = Integer.parseInt(sizes[0].strip()) - scale;
    int numberWhole = Math.max(0, number.precision() - number.scale());
    return Math.max(whole, numberWhole) + Math.max(scale, Math.max(0, number.scale()))
        <= MOST_DIGITS;
  }

  private static BigDecimal micros(Instant instant) {
    return BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }
}
