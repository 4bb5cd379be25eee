package dev.assay.rules.evidence;

import dev.assay.rules.plan.Measure.Lasting;
import dev.assay.rules.plan.RangeTest;
import java.util.List;
import java.util.Optional;

/**
 * Something about the rows of a slice that can be merged with the same about other slices. A value
 * of a fact is {@link #width()} numbers of 64 bits; floating ones are kept as their bits.
 */
public sealed interface Fact
    permits Fact.Rows,
        Fact.Values,
        Fact.AnyValue,
        Fact.Matches,
        Fact.WholeSum,
        Fact.FloatSum,
        Fact.Moments,
        Fact.Comoments,
        Fact.Bounds,
        WideSum,
        WideBounds,
        Derived {
  /** How many numbers its value has. */
  int width();

  /** The columns it names; those in free SQL are not among them. */
  List<String> columns();

  /** SQL that its author wrote, and that may be wrong; empty if there is none. */
  Optional<String> sql();

  /** Whether the same rows give the same value tomorrow. */
  default Lasting lasting() {
    return Lasting.YES;
  }

  /** Adds the value of other rows to a value. */
  void merge(long[] into, long[] other);

  /** The number of rows. */
  record Rows() implements Fact {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }

    @Override
    public void merge(long[] into, long[] other) {
      into[0] += other[0];
    }
  }

  /** The number of values that are not NULL. */
  record Values(String column) implements Fact {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }

    @Override
    public void merge(long[] into, long[] other) {
      into[0] += other[0];
    }
  }

  /** The number of rows in which at least one of these columns is not NULL. */
  record AnyValue(List<String> columns) implements Fact {
    public AnyValue {
      columns = List.copyOf(columns);
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }

    @Override
    public void merge(long[] into, long[] other) {
      into[0] += other[0];
    }
  }

  /**
   * The number of rows that meet a predicate.
   *
   * @param predicate Spark SQL; NULL counts as not met
   * @param range what the predicate means, if it means a range and nothing else
   */
  record Matches(String predicate, List<String> columns, Optional<RangeTest> range, Lasting lasting)
      implements Fact {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public Optional<String> sql() {
      return Optional.of(predicate);
    }

    @Override
    public void merge(long[] into, long[] other) {
      into[0] += other[0];
    }
  }

  /**
   * The exact sum of a column of whole numbers, or decimals of up to 18 digits: how many values,
   * and the sum of their upper and lower halves. What the lower one has beyond 32 bits is carried
   * on when values are merged, so that neither overflows. Decimals are summed as whole numbers of
   * their last digit.
   */
  record WholeSum(String column, Optional<String> sql) implements Fact {
    @Override
    public int width() {
      return 3;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public void merge(long[] into, long[] other) {
      for (int index = 0; index < 3; index++) {
        into[index] += other[index];
      }
      into[1] += into[2] >> 32;
      into[2] &= 0xFFFFFFFFL;
    }
  }

  /** The sum of a floating column: how many values, the sum, and what rounding took from it. */
  record FloatSum(String column, Optional<String> sql) implements Fact {
    @Override
    public int width() {
      return 3;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public void merge(long[] into, long[] other) {
      into[0] += other[0];
      double sum = Double.longBitsToDouble(into[1]);
      double lost = Double.longBitsToDouble(into[2]) + Double.longBitsToDouble(other[2]);
      double add = Double.longBitsToDouble(other[1]);
      double total = sum + add;
      if (Double.isFinite(total)) {
        // Neumaier: what the larger of the two swallowed of the smaller
        lost += Math.abs(sum) >= Math.abs(add) ? (sum - total) + add : (add - total) + sum;
      }
      into[1] = Double.doubleToRawLongBits(total);
      into[2] = Double.doubleToRawLongBits(lost);
    }
  }

  /** {@linkplain PowerSums Power sums} of the first and second order, or up to the fourth. */
  record Moments(String column, Optional<String> sql, int order) implements Fact {
    @Override
    public int width() {
      return order + 2;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public void merge(long[] into, long[] other) {
      PowerSums.merge(into, other);
    }
  }

  /** {@linkplain PowerSums Power sums} of two columns where both have a value. */
  record Comoments(String first, String second, Optional<String> sql) implements Fact {
    @Override
    public int width() {
      return 8;
    }

    @Override
    public List<String> columns() {
      return List.of(first, second);
    }

    @Override
    public void merge(long[] into, long[] other) {
      PowerSums.mergeTwo(into, other);
    }
  }

  /** How many values, the lowest and the highest. */
  record Bounds(String column, Optional<String> sql, Of of) implements Fact {
    /** What of the values is meant, and how it is kept. */
    public enum Of {
      /** Whole numbers, days or microseconds. */
      WHOLE,
      /** Doubles. */
      REAL,
      /** The lengths of texts. */
      LENGTH
    }

    boolean whole() {
      return of != Of.REAL;
    }

    @Override
    public int width() {
      return 3;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public void merge(long[] into, long[] other) {
      if (other[0] == 0) {
        return;
      }
      boolean first = into[0] == 0;
      into[0] += other[0];
      if (first || less(other[1], into[1])) {
        into[1] = other[1];
      }
      if (first || less(into[2], other[2])) {
        into[2] = other[2];
      }
    }

    private boolean less(long one, long other) {
      return whole()
          ? one < other
          : Double.compare(Double.longBitsToDouble(one), Double.longBitsToDouble(other)) < 0;
    }
  }
}
