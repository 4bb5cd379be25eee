package dev.assay.rules.evidence;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A session in which rules mean the same everywhere: a text without a zone is in UTC, overflow and
 * wrong casts are errors. It has the catalogs, views and other settings of the one that it is made
 * of, which stays as it is.
 */
public final class ScoringSession {
  /** The settings that decide what rules mean. */
  public static final Map<String, String> MEANING =
      Map.of(
          "spark.sql.ansi.enabled", "true",
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.legacy.timeParserPolicy", "CORRECTED");

  private ScoringSession() {}

  /** The session given, if it has those settings; otherwise one like it that has. */
  public static SparkSession of(SparkSession session) {
    boolean same =
        MEANING.entrySet().stream()
            .allMatch(each -> each.getValue().equals(session.conf().get(each.getKey())));
    if (same) {
      return session;
    }
    SparkSession scoring = session.cloneSession();
    MEANING.forEach(scoring.conf()::set);
    return scoring;
  }

  /**
   * The same rows in another session. What they are was decided in their own, but for patterns of
   * dates where that has Spark 2's (timeParserPolicy LEGACY), which are read when they are used.
   */
  public static Dataset<Row> in(SparkSession session, Dataset<Row> rows) {
    return session == rows.sparkSession()
        ? rows
        : Dataset.ofRows(session, rows.queryExecution().analyzed());
  }
}
