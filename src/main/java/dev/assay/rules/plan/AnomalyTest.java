package dev.assay.rules.plan;

import dev.assay.rules.parse.AnomalyStrategy;

/** Tells numbers that fit their history from those that do not. */
public interface AnomalyTest {
  /** How many earlier values a strategy needs. */
  int needs(AnomalyStrategy strategy);

  /**
   * Whether a value is an anomaly.
   *
   * @param past earlier values, oldest first, all finite; at least as many as needed
   */
  boolean anomalous(AnomalyStrategy strategy, double[] past, double value);
}
