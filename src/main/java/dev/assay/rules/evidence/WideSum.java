package dev.assay.rules.evidence;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The exact sum of a decimal column of more than 18 digits, as a whole number of its last digit:
 * how many values, and the sums of their four parts of 32 bits, the highest first and signed. What
 * a part has beyond 32 bits is carried on when values are merged, so that no part overflows before
 * one slice has two thousand million rows; the sum itself has no limit that 38 digits could reach.
 */
public record WideSum(String column, Optional<String> sql) implements Fact {
  private static final long LOWER_HALF = 0xFFFFFFFFL;

  @Override
  public int width() {
    return 5;
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public void merge(long[] into, long[] other) {
    for (int index = 0; index < 5; index++) {
      into[index] += other[index];
    }
    for (int part = 4; part > 1; part--) {
      into[part - 1] += into[part] >>> 32;
      into[part] &= LOWER_HALF;
    }
  }

  /** The sum that a value stands for. */
  static BigInteger sum(long[] value) {
    BigInteger sum = BigInteger.valueOf(value[1]);
    for (int part = 2; part < 5; part++) {
      sum = sum.shiftLeft(32).add(BigInteger.valueOf(value[part]));
    }
    return sum;
  }
}
