package dev.assay.pipeline;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Outage;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Says of a foreign exception whose turn it is. Never quotes it: it may hold a row. */
public final class Failures {
  private Failures() {}

  /** The exception as one of ours. */
  public static AssayException explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AssayException known) {
        return known;
      }
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left") || message.contains("file too large")) {
        return new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "There is no space left on a disk that the run writes to. Nothing was published; make room and run again.",
            failure);
      }
    }
    Optional<AssayException> outage = Outage.in(failure);
    if (outage.isPresent()) {
      return outage.get();
    }
    Throwable root = root(failure);
    String what =
        root instanceof SparkThrowable spark && spark.getErrorClass() != null
            ? spark.getErrorClass()
            : root.getClass().getSimpleName();
    return new AssayException(
        ExitKind.OUR_FAULT,
        "The run broke off with %s. Nothing was published by it; the log has the details."
            .formatted(what),
        failure);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
