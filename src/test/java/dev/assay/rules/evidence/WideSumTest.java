package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.types.Decimal;
import org.junit.jupiter.api.Test;

class WideSumTest {
  private static final BigInteger MOST = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
  private static final Fact SUM = new WideSum("w", Optional.empty());
  private static final Fact BOUNDS = new WideBounds("w", Optional.empty());
  private static final NumberType TYPE = NumberType.of("decimal(38,4)");

  private static final List<BigInteger> HOSTILE =
      List.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          BigInteger.ONE.negate(),
          MOST,
          MOST.negate(),
          BigInteger.ONE.shiftLeft(63),
          BigInteger.ONE.shiftLeft(63).negate(),
          BigInteger.ONE.shiftLeft(64),
          BigInteger.ONE.shiftLeft(64).negate(),
          BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(32).negate(),
          BigInteger.valueOf(Long.MAX_VALUE),
          BigInteger.valueOf(Long.MIN_VALUE));

  @Test
  void halvesJoinToTheSameNumber() {
    for (BigInteger value : HOSTILE) {
      Decimal decimal = Decimal.apply(new BigDecimal(value, 4), 38, 4);

      assertThat(WideDigits.join(WideDigits.upper(decimal), WideDigits.lower(decimal)))
          .isEqualTo(value);
    }
  }

  @Test
  void anySumIsExactHoweverItIsMerged() {
    Random random = new Random(7);
    BigInteger expected = BigInteger.ZERO;
    long[] merged = new long[SUM.width()];
    for (int slice = 0; slice < 500; slice++) {
      long[] value = new long[SUM.width()];
      for (int row = 0; row < 20; row++) {
        BigInteger number = HOSTILE.get(random.nextInt(HOSTILE.size()));
        expected = expected.add(number);
        add(value, number);
      }
      SUM.merge(merged, value);
    }

    assertThat(merged[0]).isEqualTo(10_000);
    assertThat(TYPE.exactSum(merged)).contains(new BigDecimal(expected, 4));
  }

  @Test
  void aSumOfMoreThanThirtyEightDigitsHasAValue() {
    long[] merged = new long[SUM.width()];
    for (int slice = 0; slice < 1000; slice++) {
      long[] value = new long[SUM.width()];
      add(value, MOST);
      SUM.merge(merged, value);
    }

    assertThat(TYPE.exactSum(merged))
        .contains(new BigDecimal(MOST.multiply(BigInteger.valueOf(1000)), 4));
    assertThat(TYPE.mean(merged)).isEqualTo(new BigDecimal(MOST, 4).doubleValue());
  }

  @Test
  void boundsAreComparedWithTheirSign() {
    for (BigInteger one : HOSTILE) {
      for (BigInteger other : HOSTILE) {
        long[] merged = new long[BOUNDS.width()];
        BOUNDS.merge(merged, WideBounds.value(1, one, one));
        BOUNDS.merge(merged, WideBounds.value(1, other, other));
        BOUNDS.merge(merged, new long[BOUNDS.width()]);

        assertThat(merged[0]).isEqualTo(2);
        assertThat(TYPE.exactLeast(merged)).contains(new BigDecimal(one.min(other), 4));
        assertThat(TYPE.exactGreatest(merged)).contains(new BigDecimal(one.max(other), 4));
      }
    }
  }

  @Test
  void wholeSumsCarryOnWhatTheLowerHalfCannotHold() {
    Fact sum = new Fact.WholeSum("n", Optional.empty());
    long rows = 2_000_000_000L;
    long[] slice = {rows, rows * Integer.MAX_VALUE / 4, rows * 0xFFFFFFFFL};
    long[] merged = new long[3];
    for (int times = 0; times < 3; times++) {
      sum.merge(merged, slice);
    }

    assertThat(NumberType.of("bigint").exactSum(merged))
        .contains(
            NumberType.of("bigint").exactSum(slice).orElseThrow().multiply(BigDecimal.valueOf(3)));
  }

  @Test
  void aSmallMeanOfHugeNumbersThatCancelOutIsExact() {
    long[] value = new long[SUM.width()];
    add(value, MOST);
    add(value, MOST.negate());
    add(value, BigInteger.valueOf(3));

    assertThat(TYPE.mean(value)).isEqualTo(0.0001);
    assertThat(TYPE.sum(value)).isEqualTo(0.0003);
  }

  @Test
  void theRangeOfNeighboursFarFromZeroIsTheirDistance() {
    long[] bounds = WideBounds.value(2, MOST.subtract(BigInteger.TEN), MOST);

    assertThat(TYPE.range(bounds)).isEqualTo(0.001);
    assertThat(NumberType.of("bigint").range(new long[] {2, Long.MAX_VALUE - 1, Long.MAX_VALUE}))
        .isEqualTo(1);
  }

  private static void add(long[] value, BigInteger number) {
    long upper = WideDigits.upper(number);
    long lower = number.longValue();
    value[0]++;
    value[1] += upper >> 32;
    value[2] += upper & 0xFFFFFFFFL;
    value[3] += lower >>> 32;
    value[4] += lower & 0xFFFFFFFFL;
  }
}
