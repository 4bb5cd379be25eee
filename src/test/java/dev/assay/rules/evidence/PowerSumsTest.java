package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerSumsTest {
  private static final Fact.Moments FOUR = new Fact.Moments("x", Optional.empty(), 4);

  @ParameterizedTest
  @ValueSource(doubles = {0, 5, -1e6, 1e12})
  void partsAroundDifferentNumbersMergeToTheWhole(double middle) {
    double[] numbers = numbers(1000, middle);
    long[] merged = new long[FOUR.width()];
    for (int part = 0; part < 10; part++) {
      FOUR.merge(
          merged, sums(Arrays.copyOfRange(numbers, part * 100, part * 100 + 100), middle + part));
    }

    double[] central = PowerSums.central(merged);
    double[] whole = PowerSums.central(sums(numbers, middle));
    double variance = new Variance(false).evaluate(numbers);
    assertThat(central[0]).isEqualTo(1000);
    assertThat(central[2] / 1000).isCloseTo(variance, within(1e-9 * variance));
    assertThat(central[3]).isCloseTo(whole[3], within(1e-6 * Math.abs(whole[4])));
    assertThat(central[4]).isCloseTo(whole[4], within(1e-9 * whole[4]));
  }

  @Test
  void aConstantHasNoSpreadWhateverNumberIsNear() {
    double[] tenths = new double[999];
    Arrays.fill(tenths, 0.1);

    assertThat(PowerSums.central(sums(tenths, 0.1))[2]).isZero();
    assertThat(PowerSums.central(sums(tenths, Math.nextUp(0.1)))[2]).isZero();
    assertThat(PowerSums.central(sums(tenths, 0.2))[2]).isLessThan(1e-12);
  }

  @Test
  void ofNothingNothingIsAdded() {
    long[] some = sums(new double[] {1, 2}, 1);
    long[] merged = some.clone();
    FOUR.merge(merged, new long[FOUR.width()]);
    assertThat(merged).isEqualTo(some);

    long[] none = new long[FOUR.width()];
    FOUR.merge(none, some);
    assertThat(none).isEqualTo(some);
  }

  @Test
  void twoColumnsMergeToTheirCorrelation() {
    double[] x = numbers(500, 1e9);
    double[] y = new double[500];
    SplittableRandom random = new SplittableRandom(7);
    for (int row = 0; row < 500; row++) {
      y[row] = x[row] - 1e9 + random.nextDouble();
    }
    Fact.Comoments fact = new Fact.Comoments("x", "y", Optional.empty());
    long[] merged = new long[fact.width()];
    for (int part = 0; part < 5; part++) {
      fact.merge(merged, pairs(x, y, part * 100, 1e9 + part, part));
    }

    double[] central = PowerSums.centralTwo(merged);

    assertThat(central[3] / Math.sqrt(central[4] * central[5]))
        .isCloseTo(new PearsonsCorrelation().correlation(x, y), within(1e-9));
  }

  @Test
  void aFewFarAwayDoNotCostTheOthersTheirDigits() {
    double[] many = numbers(100_000, 1e12);
    double[] all = Arrays.copyOf(many, many.length + 1);
    long[] merged = sums(new double[] {0}, 0);
    FOUR.merge(merged, sums(many, 1e12));

    double variance = new Variance(false).evaluate(all);
    assertThat(PowerSums.central(merged)[2] / all.length)
        .isCloseTo(variance, within(1e-13 * variance));
  }

  private static long[] pairs(double[] x, double[] y, int from, double cx, double cy) {
    double[] sums = new double[8];
    sums[1] = cx;
    sums[2] = cy;
    for (int row = from; row < from + 100; row++) {
      double dx = x[row] - cx;
      double dy = y[row] - cy;
      sums[3] += dx;
      sums[4] += dy;
      sums[5] += dx * dy;
      sums[6] += dx * dx;
      sums[7] += dy * dy;
    }
    return bits(100, sums);
  }

  private static long[] sums(double[] numbers, double around) {
    double[] sums = new double[6];
    sums[1] = around;
    for (double number : numbers) {
      double power = 1;
      for (int order = 1; order <= 4; order++) {
        power *= number - around;
        sums[order + 1] += power;
      }
    }
    return bits(numbers.length, sums);
  }

  private static long[] bits(long count, double[] sums) {
    long[] value = new long[sums.length];
    value[0] = count;
    for (int index = 1; index < sums.length; index++) {
      value[index] = Double.doubleToRawLongBits(sums[index]);
    }
    return value;
  }

  private static double[] numbers(int count, double middle) {
    SplittableRandom random = new SplittableRandom(3);
    return random.doubles(count).map(number -> middle + number * number * 10).toArray();
  }
}
