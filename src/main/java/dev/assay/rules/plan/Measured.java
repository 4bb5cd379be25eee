package dev.assay.rules.plan;

import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;

/** What came of a measure: a number, or why there is none. */
public sealed interface Measured {
  /**
   * The number.
   *
   * @param exact the number to its last digit: a count, a bound, a sum of whole numbers or
   *     decimals, or a share of counts to 34 digits; empty if floating numbers were added up or
   *     divided for it
   * @param trace where it came from, and what it cost
   * @param missing for a share of rows: how many rows are missing to the whole, by partition; empty
   *     if the table has no partitions or the measure counts no rows
   */
  record Value(double value, Optional<BigDecimal> exact, Trace trace, Map<String, Long> missing)
      implements Measured {
    public Value {
      missing = Map.copyOf(missing);
    }

    /** A floating number that cost nothing. */
    public Value(double value) {
      this(value, Optional.empty(), Trace.NOTHING, Map.of());
    }

    /** A number of things. */
    public static Value count(long count) {
      return exactly(BigDecimal.valueOf(count));
    }

    /** A number of which every digit is right. */
    public static Value exactly(BigDecimal number) {
      return new Value(number.doubleValue(), Optional.of(number), Trace.NOTHING, Map.of());
    }

    /**
     * Some of a number of things.
     *
     * @param whole more than 0
     */
    public static Value share(long part, long whole) {
      return new Value(
          (double) part / whole,
          Optional.of(divided(BigDecimal.valueOf(part), BigDecimal.valueOf(whole))),
          Trace.NOTHING,
          Map.of());
    }

    /**
     * This divided by another.
     *
     * @param other not 0
     */
    public Value over(Value other) {
      return new Value(
          value / other.value,
          exact.flatMap(above -> other.exact.map(below -> divided(above, below))),
          Trace.NOTHING,
          Map.of());
    }

    private static BigDecimal divided(BigDecimal above, BigDecimal below) {
      return above.divide(below, MathContext.DECIMAL128);
    }

    /** The same number, with where it came from. */
    public Value by(Trace source) {
      return by(source, Map.of());
    }

    /** The same number, with where it came from and what is missing to the whole. */
    public Value by(Trace source, Map<String, Long> lacking) {
      return new Value(value, exact, source, lacking);
    }
  }

  /**
   * What files came to.
   *
   * @param share of the files that do what is asked, from 0 to 1
   * @param numbers by the reference's names, such as {@code FileCount}
   * @param observed in words: numbers of files, and some by name
   * @param trace files that were only listed are metadata, files that were read a scan
   */
  record Files(double share, Map<String, Double> numbers, String observed, Trace trace)
      implements Measured {
    public Files {
      numbers = Map.copyOf(numbers);
    }
  }

  /** No number. The message holds no value of a row. */
  record None(UnansweredReason reason, String message) implements Measured {}
}
