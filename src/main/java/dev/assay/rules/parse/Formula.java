package dev.assay.rules.parse;

import java.util.Arrays;
import java.util.Locale;

/**
 * A number that depends on what was measured in earlier runs, such as {@code avg(last(10)) * 0.9}.
 */
public sealed interface Formula {
  /**
   * The value.
   *
   * @param past what the rule measured in earlier runs, newest first; where there is no run the
   *     reference says 0
   */
  double of(double[] past);

  /** How many earlier runs it speaks of. */
  int depth();

  /** A number as written. */
  record Constant(double value) implements Formula {
    @Override
    public double of(double[] past) {
      return value;
    }

    @Override
    public int depth() {
      return 0;
    }
  }

  /** {@code last()}, and {@code index(last(k), i)}: one earlier run, the newest is 0. */
  record Earlier(int index) implements Formula {
    @Override
    public double of(double[] past) {
      return index < past.length ? past[index] : 0;
    }

    @Override
    public int depth() {
      return index + 1;
    }
  }

  /** A function over the last runs. */
  record Over(Function function, int runs) implements Formula {
    @Override
    public double of(double[] past) {
      return function.of(Arrays.copyOf(past, Math.min(runs, past.length)));
    }

    @Override
    public int depth() {
      return runs;
    }
  }

  /** The amount of a formula's value without its sign. */
  record Absolute(Formula inner) implements Formula {
    @Override
    public double of(double[] past) {
      return Math.abs(inner.of(past));
    }

    @Override
    public int depth() {
      return inner.depth();
    }
  }

  /** Two formulas joined by one of {@code + - * /}. */
  record Joined(char operator, Formula left, Formula right) implements Formula {
    @Override
    public double of(double[] past) {
      double a = left.of(past);
      double b = right.of(past);
      return switch (operator) {
        case '+' -> a + b;
        case '-' -> a - b;
        case '*' -> a * b;
        default -> a / b;
      };
    }

    @Override
    public int depth() {
      return Math.max(left.depth(), right.depth());
    }
  }

  /** What can be asked of several runs; of none, the answer is 0. */
  enum Function {
    AVG,
    MEDIAN,
    MAX,
    MIN,
    SUM,
    STD;

    double of(double[] values) {
      if (values.length == 0) {
        return 0;
      }
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      double mean = Arrays.stream(values).average().orElse(0);
      int middle = sorted.length / 2;
      return switch (this) {
        case AVG -> mean;
        case MEDIAN ->
            sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        case MAX -> sorted[sorted.length - 1];
        case MIN -> sorted[0];
        case SUM -> Arrays.stream(values).sum();
        case STD ->
            Math.sqrt(
                Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
                    / values.length);
      };
    }

    /** As written, for messages. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
