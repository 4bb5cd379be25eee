package dev.assay.pipeline;

import dev.assay.jobs.JobPlaces;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Outage;
import dev.assay.model.job.Job;
import dev.assay.prepare.ValueError;
import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;

/** Says of a foreign exception whose turn it is. Never quotes it: it may hold a row. */
public final class Failures {
  private Failures() {}

  /**
   * The exception as one of ours; what SQL of the job raises because of a value is said with its
   * place.
   */
  public static AssayException explain(Throwable failure, Job job) {
    return ours(failure)
        .or(() -> Outage.in(failure))
        .or(() -> ValueError.in(failure).map(error -> raised(error, job, failure)))
        .orElseGet(() -> explain(failure));
  }

  private static AssayException raised(SparkThrowable error, Job job, Throwable failure) {
    String errorClass = ValueError.name((Throwable) error);
    if (errorClass.equals("CAST_OVERFLOW_IN_TABLE_INSERT")) {
      return new AssayException(
          ExitKind.WRONG_FILES,
          "%s: a value has no room in its column of %s (%s), and nothing was published. Set output.drift: evolve, which lets the column grow, or cast in the job."
              .formatted(job.file(), job.output().table(), errorClass),
          failure);
    }
    String found =
        "the SQL fails for a value (%s), and nothing was published".formatted(errorClass);
    String remedy =
        "Write it so that no value can break it: %s.".formatted(ValueError.remedy(errorClass));
    JobPlaces places = JobPlaces.of(job);
    for (QueryContext context : error.getQueryContext()) {
      int start = context.startIndex();
      boolean here =
          job.sql()
              .filter(sql -> start >= 0 && sql.startsWith(context.fragment(), start))
              .isPresent();
      if (here) {
        return places.errorInSql(job.sql().get(), start, found, remedy, failure);
      }
    }
    return new AssayException(
        ExitKind.WRONG_FILES, "%s: %s. %s".formatted(job.file(), found, remedy), failure);
  }

  private static Optional<AssayException> ours(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AssayException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

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
    Optional<AssayException> outside = Outage.in(failure).or(() -> overtaken(failure));
    if (outside.isPresent()) {
      return outside.get();
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

  private static Optional<AssayException> overtaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CommitFailedException) {
        return Optional.of(
            new AssayException(
                ExitKind.OUTSIDE_UNAVAILABLE,
                "Others changed the table at the same time, again and again, so this commit did not get through. Run again: that looks what is there, and writes nothing twice.",
                failure));
      }
    }
    return Optional.empty();
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
