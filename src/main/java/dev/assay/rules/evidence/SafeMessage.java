package dev.assay.rules.evidence;

import org.apache.spark.SparkThrowable;

/**
 * What may be shown of somebody else's exception: Spark's error class for analysis errors, which
 * speak of SQL and columns, and otherwise only the kind of failure, because messages of run-time
 * errors can quote a value.
 */
public final class SafeMessage {
  private SafeMessage() {}

  /** What may be shown. */
  public static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof SparkThrowable)) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    boolean aboutSql =
        cause.getClass().getSimpleName().equals("ExtendedAnalysisException")
            || cause.getClass().getSimpleName().equals("AnalysisException")
            || cause.getClass().getSimpleName().equals("ParseException");
    if (aboutSql && message != null) {
      return "Spark cannot read the SQL: " + message.strip().split("\\R", 2)[0];
    }
    if (cause instanceof SparkThrowable spark && spark.getErrorClass() != null) {
      return "Measuring failed with " + spark.getErrorClass() + "; the log has the details.";
    }
    return "Measuring failed with %s; the log has the details."
        .formatted(cause.getClass().getSimpleName());
  }
}
