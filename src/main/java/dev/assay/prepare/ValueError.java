package dev.assay.prepare;

import java.util.Optional;
import org.apache.spark.SparkArithmeticException;
import org.apache.spark.SparkDateTimeException;
import org.apache.spark.SparkNumberFormatException;
import org.apache.spark.SparkThrowable;

/**
 * What Spark raises because of a value: a text that is no number, a division by zero, a sum that
 * has no room. Its message quotes the value and is never shown.
 */
public final class ValueError {
  private ValueError() {}

  /** The first cause that is one. */
  public static Optional<SparkThrowable> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark && isOne(spark)) {
        return Optional.of(spark);
      }
    }
    return Optional.empty();
  }

  private static boolean isOne(SparkThrowable failure) {
    if (failure instanceof SparkArithmeticException
        || failure instanceof SparkDateTimeException
        || failure instanceof SparkNumberFormatException) {
      return true;
    }
    // SQL's own classes of errors: too many rows, data exception, raised by the user
    String state = failure.getErrorClass() == null ? null : failure.getSqlState();
    return state != null
        && (state.startsWith("21") || state.startsWith("22") || state.equals("P0001"));
  }

  /** Spark's class of an error, or Java's where Spark has none: no word of it is from a row. */
  public static String name(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark && spark.getErrorClass() != null) {
        return spark.getErrorClass();
      }
    }
    return failure.getClass().getSimpleName();
  }

  /** How the SQL can be written so that it gives NULL instead. */
  public static String remedy(String errorClass) {
    if (errorClass.contains("CAST")) {
      return "try_cast(… AS …) gives NULL instead";
    }
    if (errorClass.contains("DIVIDE")) {
      return "try_divide(…, …) gives NULL instead";
    }
    if (errorClass.contains("PARSE_TIMESTAMP") || errorClass.contains("DATETIME")) {
      return "try_to_timestamp(…, …) gives NULL instead";
    }
    return errorClass.contains("OVERFLOW")
        ? "try_add, try_subtract and try_multiply give NULL instead, a wider type has room"
        : "functions that begin with try_ give NULL instead";
  }
}
