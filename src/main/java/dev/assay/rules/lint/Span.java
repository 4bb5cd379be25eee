package dev.assay.rules.lint;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lies between two ends; an end that is missing lies at infinity. */
record Span(@Nullable Point low, boolean lowIn, @Nullable Point high, boolean highIn) {
  static final Span ALL = new Span(null, false, null, false);

  static Span only(Point point) {
    return new Span(point, true, point, true);
  }

  static Span from(Point low, boolean inclusive) {
    return new Span(low, inclusive, null, false);
  }

  static Span upTo(Point high, boolean inclusive) {
    return new Span(null, false, high, inclusive);
  }

  boolean isEmpty() {
    if (low == null || high == null) {
      return false;
    }
    int order = low.compareTo(high);
    return order > 0 || (order == 0 && !(lowIn && highIn));
  }

  Span and(Span other) {
    boolean lowHere = low != null && (other.low == null || later(other));
    boolean highHere = high != null && (other.high == null || earlier(other));
    return new Span(
        lowHere ? low : other.low,
        lowHere ? lowIn : other.lowIn,
        highHere ? high : other.high,
        highHere ? highIn : other.highIn);
  }

  /** What lies outside: nothing, one span or two. */
  List<Span> outside() {
    List<Span> outside = new ArrayList<>();
    if (low != null) {
      outside.add(upTo(low, !lowIn));
    }
    if (high != null) {
      outside.add(from(high, !highIn));
    }
    return outside;
  }

  /** The same whole numbers, with ends that are whole and belong to it. */
  Span whole() {
    return new Span(
        low == null ? null : Point.of(firstWhole(low.number())),
        low != null,
        high == null ? null : Point.of(lastWhole(high.number())),
        high != null);
  }

  private BigDecimal firstWhole(BigDecimal end) {
    BigDecimal up = end.setScale(0, RoundingMode.CEILING);
    return up.compareTo(end) == 0 && !lowIn ? up.add(BigDecimal.ONE) : up;
  }

  private BigDecimal lastWhole(BigDecimal end) {
    BigDecimal down = end.setScale(0, RoundingMode.FLOOR);
    return down.compareTo(end) == 0 && !highIn ? down.subtract(BigDecimal.ONE) : down;
  }

  private boolean later(Span other) {
    if (low == null || other.low == null) {
      return low != null;
    }
    int order = low.compareTo(other.low);
    return order > 0 || (order == 0 && !lowIn);
  }

  private boolean earlier(Span other) {
    if (high == null || other.high == null) {
      return high != null;
    }
    int order = high.compareTo(other.high);
    return order < 0 || (order == 0 && !highIn);
  }
}
