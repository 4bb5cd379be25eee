package dev.assay.rules.evidence;

/**
 * Merging of central moments, after Chan, Golub and LeVeque (1979) and Pébay (2008, Sandia report
 * SAND2008-6212): stable whatever the means are.
 */
final class CentralMoments {
  private CentralMoments() {}

  /** Values are count, mean, M2 and, if there are five, M3 and M4. */
  static void merge(long[] into, long[] other) {
    if (other[0] == 0) {
      return;
    }
    if (into[0] == 0) {
      System.arraycopy(other, 0, into, 0, into.length);
      return;
    }
    double a = into[0];
    double b = other[0];
    double n = a + b;
    double delta = number(other, 1) - number(into, 1);
    double m2a = number(into, 2);
    double m2b = number(other, 2);
    if (into.length > 3) {
      double m3a = number(into, 3);
      double m3b = number(other, 3);
      double square = delta * delta;
      put(
          into,
          4,
          number(into, 4)
              + number(other, 4)
              + square * square * a * b * (a * a - a * b + b * b) / (n * n * n)
              + 6 * square * (a * a * m2b + b * b * m2a) / (n * n)
              + 4 * delta * (a * m3b - b * m3a) / n);
      put(
          into,
          3,
          m3a
              + m3b
              + delta * square * a * b * (a - b) / (n * n)
              + 3 * delta * (a * m2b - b * m2a) / n);
    }
    put(into, 2, m2a + m2b + delta * delta * a * b / n);
    put(into, 1, number(into, 1) + delta * b / n);
    into[0] += other[0];
  }

  /** Values are count, both means, the sum of products and both sums of squares. */
  static void mergeTwo(long[] into, long[] other) {
    if (other[0] == 0) {
      return;
    }
    if (into[0] == 0) {
      System.arraycopy(other, 0, into, 0, into.length);
      return;
    }
    double a = into[0];
    double b = other[0];
    double n = a + b;
    double dx = number(other, 1) - number(into, 1);
    double dy = number(other, 2) - number(into, 2);
    double weight = a * b / n;
    put(into, 3, number(into, 3) + number(other, 3) + dx * dy * weight);
    put(into, 4, number(into, 4) + number(other, 4) + dx * dx * weight);
    put(into, 5, number(into, 5) + number(other, 5) + dy * dy * weight);
    put(into, 1, number(into, 1) + dx * b / n);
    put(into, 2, number(into, 2) + dy * b / n);
    into[0] += other[0];
  }

  static double number(long[] value, int index) {
    return Double.longBitsToDouble(value[index]);
  }

  static void put(long[] value, int index, double number) {
    value[index] = Double.doubleToRawLongBits(number);
  }
}
