package dev.assay.rules.plan;

import dev.assay.model.UnansweredReason;

/** What came of a measure: a number, or why there is none. */
public sealed interface Measured {
  /** The number. */
  record Value(double value) implements Measured {}

  /** No number. The message holds no value of a row. */
  record None(UnansweredReason reason, String message) implements Measured {}
}
