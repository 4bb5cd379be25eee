package dev.assay.rules.lint;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A value on a line: a number, or a text in the order in which Spark compares texts. */
record Point(BigDecimal number, String text) implements Comparable<Point> {
  static Point of(BigDecimal number) {
    return new Point(number, "");
  }

  static Point of(long number) {
    return of(BigDecimal.valueOf(number));
  }

  static Point of(String text) {
    return new Point(BigDecimal.ZERO, text);
  }

  @Override
  public int compareTo(Point other) {
    int numbers = number.compareTo(other.number);
    return numbers != 0
        ? numbers
        : Arrays.compareUnsigned(
            text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
  }
}
