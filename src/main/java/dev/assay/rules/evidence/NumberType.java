package dev.assay.rules.evidence;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/**
 * How the numbers of a type are summed and compared: which facts stand for it, and what their
 * values come to. Whole numbers and decimals are exact; a number becomes a double at the very end.
 *
 * @param scale digits behind the point of a decimal; 0 of others
 */
public record NumberType(Form form, int scale) {
  /** In what a number is kept. */
  public enum Form {
    /** 64 bits: whole numbers, and decimals as whole numbers of their last digit. */
    WHOLE,
    /** 128 bits: longer decimals, as whole numbers of their last digit. */
    WIDE,
    /** A double. */
    REAL
  }

  /** Decimals of so many digits fit into 64 bits. */
  private static final int MOST_WHOLE_DIGITS = 18;

  /** More digits than any sum and a rounding to double need. */
  private static final MathContext DIVISION = new MathContext(60);

  /**
   * Of a type as Spark writes it.
   *
   * @param type such as {@code decimal(12,2)}; dates and instants are whole numbers
   */
  public static NumberType of(String type) {
    return switch (base(type)) {
      case "tinyint", "smallint", "int", "bigint", "date", "timestamp" ->
          new NumberType(Form.WHOLE, 0);
      case "decimal" -> {
        String[] sizes = type.substring(8, type.length() - 1).split(",", -1);
        yield new NumberType(
            Integer.parseInt(sizes[0]) <= MOST_WHOLE_DIGITS ? Form.WHOLE : Form.WIDE,
            Integer.parseInt(sizes[1]));
      }
      default -> new NumberType(Form.REAL, 0);
    };
  }

  static String base(String type) {
    return type.contains("(") ? type.substring(0, type.indexOf('(')) : type;
  }

  /** The fact that sums and means are made of. */
  public Fact sum(String column, Optional<String> where) {
    return switch (form) {
      case WHOLE -> new Fact.WholeSum(column, where);
      case WIDE -> new WideSum(column, where);
      case REAL -> new Fact.FloatSum(column, where);
    };
  }

  /** The fact that has the lowest and the highest number. */
  public Fact bounds(String column, Optional<String> where) {
    return switch (form) {
      case WHOLE -> new Fact.Bounds(column, where, Fact.Bounds.Of.WHOLE);
      case WIDE -> new WideBounds(column, where);
      case REAL -> new Fact.Bounds(column, where, Fact.Bounds.Of.REAL);
    };
  }

  /** The sum, of a {@link #sum} fact's value; empty if it is a double. */
  public Optional<BigDecimal> exactSum(long[] value) {
    return switch (form) {
      case WHOLE ->
          exact(BigInteger.valueOf(value[1]).shiftLeft(32).add(BigInteger.valueOf(value[2])));
      case WIDE -> exact(WideSum.sum(value));
      case REAL -> Optional.empty();
    };
  }

  /** The lowest number, of a {@link #bounds} fact's value; empty if it is a double. */
  public Optional<BigDecimal> exactLeast(long[] value) {
    return switch (form) {
      case WHOLE -> exact(BigInteger.valueOf(value[1]));
      case WIDE -> exact(WideBounds.lowest(value));
      case REAL -> Optional.empty();
    };
  }

  /** The highest number, of a {@link #bounds} fact's value; empty if it is a double. */
  public Optional<BigDecimal> exactGreatest(long[] value) {
    return switch (form) {
      case WHOLE -> exact(BigInteger.valueOf(value[2]));
      case WIDE -> exact(WideBounds.highest(value));
      case REAL -> Optional.empty();
    };
  }

  /** The sum as a double, of a {@link #sum} fact's value. */
  public double sum(long[] value) {
    return exactSum(value).map(BigDecimal::doubleValue).orElseGet(() -> floatSum(value));
  }

  /** The exact sum divided by the number of values, of a {@link #sum} fact's value. */
  public double mean(long[] value) {
    return exactSum(value)
        .map(sum -> sum.divide(BigDecimal.valueOf(value[0]), DIVISION).doubleValue())
        .orElseGet(() -> floatSum(value) / value[0]);
  }

  /** The lowest number as a double, of a {@link #bounds} fact's value. */
  public double least(long[] value) {
    return exactLeast(value)
        .map(BigDecimal::doubleValue)
        .orElseGet(() -> Double.longBitsToDouble(value[1]));
  }

  /** The highest number as a double, of a {@link #bounds} fact's value. */
  public double greatest(long[] value) {
    return exactGreatest(value)
        .map(BigDecimal::doubleValue)
        .orElseGet(() -> Double.longBitsToDouble(value[2]));
  }

  /**
   * The highest number without the lowest, of a {@link #bounds} fact's value; empty if a double.
   */
  public Optional<BigDecimal> exactRange(long[] value) {
    return exactLeast(value).map(least -> exactGreatest(value).orElseThrow().subtract(least));
  }

  /** The highest number without the lowest as a double, of a {@link #bounds} fact's value. */
  public double range(long[] value) {
    return exactRange(value)
        .map(BigDecimal::doubleValue)
        .orElseGet(() -> greatest(value) - least(value));
  }

  private Optional<BigDecimal> exact(BigInteger number) {
    return Optional.of(new BigDecimal(number, scale));
  }

  private static double floatSum(long[] value) {
    double sum = Double.longBitsToDouble(value[1]);
    return sum + (Double.isFinite(sum) ? Double.longBitsToDouble(value[2]) : 0);
  }
}
