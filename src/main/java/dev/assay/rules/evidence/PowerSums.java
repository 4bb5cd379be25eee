package dev.assay.rules.evidence;

/**
 * Sums of powers of the distance from a fixed number near the middle, and their merging. As long as
 * parts share that number, merging is adding, whatever the order; where they do not, the one of
 * fewer values is moved to the other's number by the binomial theorem, so that the number of a few
 * far away does not become that of all. The mean is taken out only at the end, so that means that
 * are large against the spread cost no digits.
 */
public final class PowerSums {
  private static final double ROUNDING = 1e-10;

  private PowerSums() {}

  /** Values are count, the number, and the sums of the first, second and further powers. */
  static void merge(long[] into, long[] other) {
    if (other[0] == 0) {
      return;
    }
    if (into[0] == 0) {
      System.arraycopy(other, 0, into, 0, into.length);
      return;
    }
    if (into[0] < other[0]) {
      long[] fewer = into.clone();
      System.arraycopy(other, 0, into, 0, into.length);
      merge(into, fewer);
      return;
    }
    double n = other[0];
    double d = number(other, 1) - number(into, 1);
    double s1 = number(other, 2);
    double s2 = number(other, 3);
    add(into, 2, s1 + n * d);
    add(into, 3, s2 + d * (2 * s1 + n * d));
    if (into.length > 4) {
      double s3 = number(other, 4);
      double s4 = number(other, 5);
      add(into, 4, s3 + d * (3 * s2 + d * (3 * s1 + n * d)));
      add(into, 5, s4 + d * (4 * s3 + d * (6 * s2 + d * (4 * s1 + n * d))));
    }
    into[0] += other[0];
  }

  /**
   * Values are count, a number for each of two columns, the sums of both distances, of their
   * product, and of both squares.
   */
  static void mergeTwo(long[] into, long[] other) {
    if (other[0] == 0) {
      return;
    }
    if (into[0] == 0) {
      System.arraycopy(other, 0, into, 0, into.length);
      return;
    }
    if (into[0] < other[0]) {
      long[] fewer = into.clone();
      System.arraycopy(other, 0, into, 0, into.length);
      mergeTwo(into, fewer);
      return;
    }
    double n = other[0];
    double dx = number(other, 1) - number(into, 1);
    double dy = number(other, 2) - number(into, 2);
    double sx = number(other, 3);
    double sy = number(other, 4);
    add(into, 3, sx + n * dx);
    add(into, 4, sy + n * dy);
    add(into, 5, number(other, 5) + dx * sy + dy * sx + n * dx * dy);
    add(into, 6, number(other, 6) + dx * (2 * sx + n * dx));
    add(into, 7, number(other, 7) + dy * (2 * sy + n * dy));
    into[0] += other[0];
  }

  /** Count, mean and the central sums of the second and, if there are any, further powers. */
  public static double[] central(long[] value) {
    double n = value[0];
    double s2 = number(value, 3);
    double mean = number(value, 2) / n;
    double m2 = s2 - number(value, 2) * mean;
    boolean same = constant(m2, s2);
    if (value.length == 4) {
      return new double[] {n, number(value, 1) + mean, same ? 0 : m2};
    }
    if (same) {
      return new double[] {n, number(value, 1) + mean, 0, 0, 0};
    }
    double s1 = number(value, 2);
    double s3 = number(value, 4);
    double s4 = number(value, 5);
    return new double[] {
      n,
      number(value, 1) + mean,
      m2,
      s3 - 3 * mean * s2 + 2 * mean * mean * s1,
      s4 - 4 * mean * s3 + 6 * mean * mean * s2 - 3 * mean * mean * mean * s1
    };
  }

  /** Count, both means, the central sum of products, and both central sums of squares. */
  public static double[] centralTwo(long[] value) {
    double n = value[0];
    double sx = number(value, 3);
    double sy = number(value, 4);
    double meanX = number(value, 1) + sx / n;
    double meanY = number(value, 2) + sy / n;
    double mx = number(value, 6) - sx * sx / n;
    double my = number(value, 7) - sy * sy / n;
    boolean sameX = constant(mx, number(value, 6));
    boolean sameY = constant(my, number(value, 7));
    return new double[] {
      n,
      meanX,
      meanY,
      sameX || sameY ? 0 : number(value, 5) - sx * sy / n,
      sameX ? 0 : mx,
      sameY ? 0 : my
    };
  }

  /**
   * Whether a central sum is only what rounding left: all values are the same. The number near the
   * middle is near the mean then, or the slice would have been read again.
   */
  private static boolean constant(double central, double squares) {
    return central <= ROUNDING * squares;
  }

  private static double number(long[] value, int index) {
    return Double.longBitsToDouble(value[index]);
  }

  private static void add(long[] value, int index, double number) {
    value[index] = Double.doubleToRawLongBits(number(value, index) + number);
  }
}
