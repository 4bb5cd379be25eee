package dev.assay.rules.plan;

import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import java.util.Map;

/** What came of a measure: a number, or why there is none. */
public sealed interface Measured {
  /**
   * The number.
   *
   * @param trace where it came from, and what it cost
   * @param missing for a share of rows: how many rows are missing to the whole, by partition; empty
   *     if the table has no partitions or the measure counts no rows
   */
  record Value(double value, Trace trace, Map<String, Long> missing) implements Measured {
    public Value {
      missing = Map.copyOf(missing);
    }

    /** A number that cost nothing. */
    public Value(double value) {
      this(value, Trace.NOTHING, Map.of());
    }
  }

  /** No number. The message holds no value of a row. */
  record None(UnansweredReason reason, String message) implements Measured {}
}
