package dev.assay.rules.evidence;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * How many values, the lowest and the highest of a decimal column of more than 18 digits; both as
 * whole numbers of their last digit in 128 bits, the upper half first.
 */
public record WideBounds(String column, Optional<String> sql) implements Fact {
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
    if (other[0] == 0) {
      return;
    }
    boolean first = into[0] == 0;
    into[0] += other[0];
    if (first || WideDigits.compare(other[1], other[2], into[1], into[2]) < 0) {
      into[1] = other[1];
      into[2] = other[2];
    }
    if (first || WideDigits.compare(other[3], other[4], into[3], into[4]) > 0) {
      into[3] = other[3];
      into[4] = other[4];
    }
  }

  static long[] value(long values, BigInteger lowest, BigInteger highest) {
    return new long[] {
      values,
      WideDigits.upper(lowest),
      lowest.longValue(),
      WideDigits.upper(highest),
      highest.longValue()
    };
  }

  static BigInteger lowest(long[] value) {
    return WideDigits.join(value[1], value[2]);
  }

  static BigInteger highest(long[] value) {
    return WideDigits.join(value[3], value[4]);
  }
}
