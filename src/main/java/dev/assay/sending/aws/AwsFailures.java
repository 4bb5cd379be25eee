package dev.assay.sending.aws;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.sending.SendOutcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a failed request says about its message. The services' own words are never repeated: they
 * may hold an address.
 */
public final class AwsFailures {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_FAILURE = 500;
  private static final int FIRST_REFUSAL = 400;

  private AwsFailures() {}

  /**
   * Sorts a failure: not sent and worth another try, not known, or nothing that this channel can
   * do.
   *
   * @param service for messages
   * @param known what the service's own exceptions mean for a message, where they mean something
   * @throws AssayException if the request was refused for what is wrong with the channel
   */
  public static SendOutcome outcome(
      String service,
      SdkException failure,
      Function<AwsServiceException, Optional<SendOutcome>> known) {
    if (!(failure instanceof AwsServiceException answered)) {
      return unanswered(service, failure);
    }
    Optional<SendOutcome> own = known.apply(answered);
    if (own.isPresent()) {
      return own.get();
    }
    if (answered.isThrottlingException() || answered.statusCode() == TOO_MANY_REQUESTS) {
      return new SendOutcome.Later("%s is throttling".formatted(service), Optional.empty());
    }
    if (answered.statusCode() >= FIRST_FAILURE || answered.statusCode() < FIRST_REFUSAL) {
      return new SendOutcome.Unknown(
          "%s failed with status %d".formatted(service, answered.statusCode()));
    }
    throw refused(service, answered, ExitKind.WRONG_FILES);
  }

  /** The whole channel is refused: a permission, a setting or the account is not as needed. */
  public static AssayException refused(String service, AwsServiceException answer, ExitKind kind) {
    return new AssayException(
        kind,
        "%s refuses to send (%s, status %d). Check the channel's settings, the role's permissions and the account, and run again. What was sent before is in the ledger."
            .formatted(service, code(answer), answer.statusCode()),
        answer);
  }

  private static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null || details.errorCode() == null
        ? answer.getClass().getSimpleName()
        : details.errorCode();
  }

  private static SendOutcome unanswered(String service, SdkException failure) {
    if (String.valueOf(failure.getMessage()).contains("Unable to load credentials")) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "There are no AWS credentials for %s. Give the process a role, or set AWS_PROFILE or AWS_ACCESS_KEY_ID, and run again."
              .formatted(service),
          failure);
    }
    return neverLeft(failure)
        ? new SendOutcome.Later("no connection to %s".formatted(service), Optional.empty())
        : new SendOutcome.Unknown("%s gave no answer".formatted(service));
  }

  /** Whether there was no connection at all. */
  private static boolean neverLeft(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof SSLHandshakeException
          || (cause instanceof SocketTimeoutException
              && String.valueOf(cause.getMessage())
                  .toLowerCase(Locale.ROOT)
                  .contains("connect timed out"))) {
        return true;
      }
    }
    return false;
  }
}
