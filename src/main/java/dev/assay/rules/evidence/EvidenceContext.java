package dev.assay.rules.evidence;

import org.apache.spark.sql.SparkSession;

/** Everything beside rows and rules that decides what an expression evaluates to. */
public final class EvidenceContext {
  /** Raised when a fact changes its meaning. */
  private static final String MEANING = "1";

  private EvidenceContext() {}

  /** In words. */
  public static String of(SlicedTable table) {
    SparkSession spark = table.schema().sparkSession();
    return String.join(
        " ",
        MEANING,
        spark.version(),
        spark.conf().get("spark.sql.session.timeZone"),
        spark.conf().get("spark.sql.ansi.enabled"));
  }
}
