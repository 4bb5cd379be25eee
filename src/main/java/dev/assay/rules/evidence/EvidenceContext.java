package dev.assay.rules.evidence;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Everything beside rows and rules that decides what an expression evaluates to. */
public final class EvidenceContext {
  /** Raised when a fact changes its meaning. */
  private static final String MEANING = "1";

  /** The settings of a session on which the value of an expression depends. */
  private static final List<String> SETTINGS =
      List.of(
          "spark.sql.session.timeZone",
          "spark.sql.ansi.enabled",
          "spark.sql.ansi.doubleQuotedIdentifiers",
          "spark.sql.legacy.timeParserPolicy",
          "spark.sql.decimalOperations.allowPrecisionLoss",
          "spark.sql.parser.escapedStringLiterals",
          "spark.sql.caseSensitive");

  private EvidenceContext() {}

  /** In words. */
  public static String of(SlicedTable table) {
    SparkSession spark = table.schema().sparkSession();
    List<String> parts = new ArrayList<>(List.of(MEANING, spark.version()));
    SETTINGS.forEach(setting -> parts.add(spark.conf().get(setting)));
    return String.join(" ", parts);
  }
}
