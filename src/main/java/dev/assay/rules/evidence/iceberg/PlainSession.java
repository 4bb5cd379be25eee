package dev.assay.rules.evidence.iceberg;

import org.apache.spark.sql.SparkSession;

/**
 * A session for our own passes: the settings and catalogs of the one given, but plans that stay as
 * they are. Adaptive execution has nothing to gain in one aggregate, and hides its plan.
 */
final class PlainSession {
  private PlainSession() {}

  static SparkSession of(SparkSession session) {
    SparkSession plain = session.cloneSession();
    plain.conf().set("spark.sql.adaptive.enabled", "false");
    // equality deletes that another query has read may have their columns in another order
    plain.conf().set("spark.sql.iceberg.executor-cache.delete-files.enabled", "false");
    return plain;
  }
}
