package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.model.InvalidRequestException;
import software.amazon.awssdk.services.comprehend.model.ResourceUnavailableException;
import software.amazon.awssdk.services.comprehend.model.TextSizeLimitExceededException;

/** Sorts failures of the service: whose turn it is, in words that never hold a text. */
final class Failures {
  private Failures() {}

  /** Whether the service will never answer this text. */
  static boolean isRefusal(SdkException failure) {
    return failure instanceof InvalidRequestException
        || failure instanceof TextSizeLimitExceededException;
  }

  /** Whether asking again later may help. */
  static boolean isOutage(SdkException failure) {
    return !(failure instanceof AwsServiceException service)
        || service.statusCode() >= 500
        || Attempts.isThrottling(failure)
        || failure instanceof ResourceUnavailableException;
  }

  static ExitKind kind(SdkException failure) {
    return isOutage(failure) ? ExitKind.OUTSIDE_UNAVAILABLE : ExitKind.WRONG_FILES;
  }

  /** The service's error code; without one, what failed on the way to it. */
  static String code(SdkException failure) {
    if (failure instanceof AwsServiceException service
        && service.awsErrorDetails() != null
        && service.awsErrorDetails().errorCode() != null) {
      return service.awsErrorDetails().errorCode();
    }
    if (failure instanceof AwsServiceException service) {
      return "HTTP " + service.statusCode();
    }
    return failure.getCause() == null
        ? failure.getClass().getSimpleName()
        : failure.getCause().getClass().getSimpleName();
  }

  /**
   * What a reader can do about it.
   *
   * @param what was asked, with the names of resources and without texts
   * @param action the permission that it takes
   * @param afterwards what is to be said about what was done before
   */
  static String message(SdkException failure, String what, String action, String afterwards) {
    return isOutage(failure)
        ? "%s: Comprehend did not answer (%s). %sCheck network, region and quota, and run again."
            .formatted(what, code(failure), afterwards)
        : "%s: Comprehend refused (%s). %sCheck 'comprehend' in the profile, and that the role may call comprehend:%s."
            .formatted(what, code(failure), afterwards, action);
  }

  /** The failure as ours. */
  static AssayException of(SdkException failure, String what, String action, String afterwards) {
    return new AssayException(kind(failure), message(failure, what, action, afterwards), failure);
  }
}
