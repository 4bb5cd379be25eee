package dev.assay.rules.plan;

/** Tells numbers that fit their history from those that do not. */
public interface AnomalyTest {
  /** The strategies by the name that a rule's label gives them. */
  enum Strategy {
    /** Within three standard deviations of the running mean; the usual one. */
    ONLINE_NORMAL,
    /** Within three standard deviations of the mean of all earlier values. */
    BATCH_NORMAL,
    /** Not less than half and not more than twice the value before. */
    RELATIVE_CHANGE,
    /** Within three standard deviations of the usual change. */
    ABSOLUTE_CHANGE,
    /** As a weekly season of daily values foretells. */
    HOLT_WINTERS
  }

  /** How many earlier values a strategy needs. */
  int needs(Strategy strategy);

  /**
   * Whether a value is an anomaly.
   *
   * @param past earlier values, oldest first; at least as many as needed
   */
  boolean anomalous(Strategy strategy, double[] past, double value);
}
