package dev.assay.health;

import java.util.Arrays;

/**
 * What a number of a run usually is: the median of earlier runs and how far from it they lie, by
 * the median absolute deviation (MAD). Neither is moved by a few odd runs, as mean and standard
 * deviation are.
 *
 * @param median of the earlier runs
 * @param tolerance how far from it a number is still usual
 * @param runs how many earlier runs there are
 */
record Usual(double median, double tolerance, int runs) {
  /** With fewer earlier runs nothing is called unusual. */
  static final int FEWEST = 5;

  /** Further than so many deviations from the median is unusual (Iglewicz and Hoaglin, 1993). */
  private static final double DEVIATIONS = 3.5;

  /** Makes the MAD of normally distributed numbers their standard deviation. */
  private static final double AS_STANDARD_DEVIATION = 1.4826;

  /**
   * @param earlier the numbers of at least one earlier run
   * @param leastShare the smallest tolerance, so that after a row of equal numbers the next small
   *     change is not news; as a share of the median
   * @param least the same as an amount; the larger of the two holds
   */
  static Usual of(double[] earlier, double leastShare, double least) {
    double median = median(earlier);
    double deviation =
        median(Arrays.stream(earlier).map(value -> Math.abs(value - median)).toArray());
    double tolerance =
        Math.max(
            DEVIATIONS * AS_STANDARD_DEVIATION * deviation,
            Math.max(leastShare * Math.abs(median), least));
    return new Usual(median, tolerance, earlier.length);
  }

  boolean isUnusual(double value) {
    return runs >= FEWEST && Math.abs(value - median) > tolerance;
  }

  double low() {
    return median - tolerance;
  }

  double high() {
    return median + tolerance;
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
