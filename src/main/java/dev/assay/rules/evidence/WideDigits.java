package dev.assay.rules.evidence;

import java.math.BigInteger;
import org.apache.spark.sql.types.Decimal;

/**
 * A decimal of up to 38 digits as a whole number of its last digit, in two halves of 64 bits.
 * Spark's generated code calls this, so it is public.
 */
public final class WideDigits {
  private WideDigits() {}

  /** The upper half, which has the sign. */
  public static long upper(Decimal value) {
    return upper(value.toJavaBigDecimal().unscaledValue());
  }

  /** The lower half, without a sign of its own. */
  public static long lower(Decimal value) {
    return value.toJavaBigDecimal().unscaledValue().longValue();
  }

  static long upper(BigInteger value) {
    return value.bitLength() < 64 ? value.signum() >> 1 : value.shiftRight(64).longValue();
  }

  static BigInteger join(long upper, long lower) {
    return BigInteger.valueOf(upper)
        .shiftLeft(64)
        .add(BigInteger.valueOf(lower >>> 32).shiftLeft(32))
        .add(BigInteger.valueOf(lower & 0xFFFFFFFFL));
  }

  static int compare(long upper, long lower, long otherUpper, long otherLower) {
    return upper != otherUpper
        ? Long.compare(upper, otherUpper)
        : Long.compareUnsigned(lower, otherLower);
  }
}
