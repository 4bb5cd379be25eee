package dev.assay.rules.plan;

/** What earlier runs measured. */
public interface MetricHistory {
  /** There were no earlier runs. */
  MetricHistory NONE = (metric, runs) -> new double[0];

  /**
   * The values of a metric in earlier runs, newest first, as many as there are up to a number.
   *
   * @param metric its {@linkplain dev.assay.model.Metric#id() id}
   */
  double[] newest(String metric, int runs);
}
