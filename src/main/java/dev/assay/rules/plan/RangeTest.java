package dev.assay.rules.plan;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A condition that a value which is not NULL meets exactly if it lies in a range. Bounds of a file
 * can prove such a condition without reading a row.
 *
 * @param low numbers as they are, dates in days and timestamps in microseconds since 1970
 */
public record RangeTest(String column, Optional<End> low, Optional<End> high) {
  /** One end of the range. */
  public record End(BigDecimal value, boolean inclusive) {}

  /** Whether every value between the bounds lies in the range. */
  public boolean holdsAll(BigDecimal lowest, BigDecimal highest) {
    return low.map(end -> above(lowest, end)).orElse(true)
        && high.map(end -> below(highest, end)).orElse(true);
  }

  /** Whether no value between the bounds lies in the range. */
  public boolean holdsNone(BigDecimal lowest, BigDecimal highest) {
    return low.map(end -> !above(highest, end)).orElse(false)
        || high.map(end -> !below(lowest, end)).orElse(false);
  }

  private static boolean above(BigDecimal value, End end) {
    int order = value.compareTo(end.value());
    return end.inclusive() ? order >= 0 : order > 0;
  }

  private static boolean below(BigDecimal value, End end) {
    int order = value.compareTo(end.value());
    return end.inclusive() ? order <= 0 : order < 0;
  }
}
