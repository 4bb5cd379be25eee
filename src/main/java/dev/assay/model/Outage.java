package dev.assay.model;

import java.net.BindException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Recognises among the causes of a failure that something outside (storage, catalog, network) gave
 * no answer, or refused. The classes of others are known by their names: EMR, Hadoop and Iceberg
 * bring an AWS SDK each, in packages of their own. Nothing is quoted but a service's name and
 * status.
 */
public final class Outage {
  private static final int FIRST_FAILURE = 500;
  private static final Set<Integer> TRY_LATER = Set.of(408, 425, 429);
  private static final Set<Integer> REFUSED = Set.of(401, 403);

  /** Requests that were not answered. */
  private static final Set<String> UNANSWERED =
      Set.of(
          "ServiceUnavailableException",
          "ServiceFailureException",
          "SdkClientException",
          "AmazonClientException",
          "AWSClientIOException",
          "AWSNoResponseException",
          "AWSStatus500Exception",
          "AWSServiceThrottledException",
          "AWSApiCallTimeoutException",
          "ConnectTimeoutException",
          "ConnectionPoolTimeoutException",
          "NoHttpResponseException",
          "HttpHostConnectException",
          "BlockMissingException",
          "StandbyException",
          "SafeModeException");

  /** Requests that were answered with a status. */
  private static final Set<String> ANSWERED =
      Set.of("SdkServiceException", "AmazonServiceException", "AWSServiceIOException");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDeniedException",
          "AccessControlException",
          "ForbiddenException",
          "NotAuthorizedException");

  /** Iceberg's word for a commit that was neither confirmed nor refused. */
  private static final Set<String> UNKNOWN_END = Set.of("CommitStateUnknownException");

  private static final List<String> THROTTLED =
      List.of("throttl", "rate exceeded", "slow down", "slowdown", "reduce your request rate");

  private static final List<String> NO_CREDENTIALS =
      List.of("unable to load credentials", "no aws credentials", "security token");

  private static final Pattern STATUS = Pattern.compile("Status Code: (\\d{3})");
  private static final Pattern SERVICE = Pattern.compile("Service: ([A-Za-z0-9 ]{1,40})[,;]");

  /** Spark keeps only the text of an exception that it cannot bring from an executor. */
  private static final Pattern IN_TASK =
      Pattern.compile(
          "\\b(?:java\\.net\\.(?:ConnectException|UnknownHostException|SocketTimeoutException|NoRouteToHostException|SocketException)|[\\w.]*\\.(?:SdkClientException|AWSClientIOException|AWSNoResponseException|AWSStatus500Exception|AWSServiceThrottledException|AWSApiCallTimeoutException)): ");

  private Outage() {}

  /** Whatever outside ended the work: no answer, a refusal, or an end that nobody knows. */
  public static Optional<AssayException> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (is(cause, UNKNOWN_END)) {
        return Optional.of(
            new AssayException(
                ExitKind.OUTSIDE_UNAVAILABLE,
                "The catalog broke off while it was asked to commit, so it is not known whether the commit took place. Run again: that looks, completes what is there, and writes nothing twice.",
                failure));
      }
    }
    Optional<AssayException> unanswered = noAnswer(failure);
    return unanswered.isPresent() ? unanswered : refusal(failure);
  }

  /** Something outside gave no answer: the same may well succeed later. */
  public static Optional<AssayException> noAnswer(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> what = unanswered(cause);
      if (what.isPresent()) {
        return Optional.of(
            new AssayException(
                ExitKind.OUTSIDE_UNAVAILABLE,
                (lacksCredentials(failure)
                        ? "There are no valid AWS credentials (%s). Give the process a role, or set AWS_PROFILE or AWS_ACCESS_KEY_ID, and run again; nothing is written twice."
                        : "Storage, catalog or network did not answer (%s). Run again: nothing half done is on main, and nothing is written twice.")
                    .formatted(what.get()),
                failure));
      }
    }
    return Optional.empty();
  }

  private static Optional<AssayException> refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> what = refused(cause);
      if (what.isPresent()) {
        return Optional.of(
            new AssayException(
                ExitKind.WRONG_FILES,
                "Access to storage or catalog was refused (%s). Check the profile, and that the role or user of this process may read the input and write the warehouse. Nothing half done is on main."
                    .formatted(what.get()),
                failure));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> unanswered(Throwable cause) {
    boolean network =
        cause instanceof UnknownHostException
            || cause instanceof SocketTimeoutException
            || (cause instanceof SocketException && !(cause instanceof BindException))
            || cause instanceof SSLException;
    // in the old SDK, and in Hadoop, an answer extends the failure to get one
    boolean silent =
        is(cause, ANSWERED)
            ? UNANSWERED.contains(cause.getClass().getSimpleName()) || failedOrThrottled(cause)
            : is(cause, UNANSWERED);
    return network || silent ? Optional.of(named(cause)) : inTask(cause);
  }

  private static boolean failedOrThrottled(Throwable cause) {
    int status = status(cause);
    String said =
        (cause.getClass().getSimpleName() + " " + cause.getMessage()).toLowerCase(Locale.ROOT);
    return status >= FIRST_FAILURE
        || TRY_LATER.contains(status)
        || THROTTLED.stream().anyMatch(said::contains);
  }

  private static Optional<String> inTask(Throwable cause) {
    if (!cause.getClass().getName().startsWith("org.apache.spark.")) {
      return Optional.empty();
    }
    Matcher matcher = IN_TASK.matcher(String.valueOf(cause.getMessage()));
    if (!matcher.find()) {
      return Optional.empty();
    }
    String name = matcher.group().replace(": ", "");
    return Optional.of(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Optional<String> refused(Throwable cause) {
    boolean refused =
        is(cause, DENIED)
            || (is(cause, ANSWERED)
                && (REFUSED.contains(status(cause)) || lacksCredentials(cause)));
    return refused ? Optional.of(named(cause)) : Optional.empty();
  }

  private static boolean lacksCredentials(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (NO_CREDENTIALS.stream().anyMatch(said::contains)) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(Throwable cause, Set<String> names) {
    for (Class<?> kind = cause.getClass(); kind != null; kind = kind.getSuperclass()) {
      if (names.contains(kind.getSimpleName())) {
        return true;
      }
    }
    return false;
  }

  /** As both generations of the SDK write it into their messages; 0 if there is none. */
  private static int status(Throwable cause) {
    Matcher matcher = STATUS.matcher(String.valueOf(cause.getMessage()));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static String named(Throwable cause) {
    Matcher service = SERVICE.matcher(String.valueOf(cause.getMessage()));
    int status = status(cause);
    return service.find() && status > 0
        ? "%s, status %d".formatted(service.group(1), status)
        : cause.getClass().getSimpleName();
  }
}
