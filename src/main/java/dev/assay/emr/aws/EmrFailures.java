package dev.assay.emr.aws;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed call means for whoever submits. */
public final class EmrFailures {
  private static final int FIRST_FAILURE = 500;
  private static final int TOO_MANY = 429;

  private EmrFailures() {}

  /**
   * Asks, and turns a failure into one of ours.
   *
   * @param what is asked, with the names of resources, to begin a message with
   * @param permission that it takes, such as {@code emr-serverless:GetJobRun}
   */
  public static <T> T ask(String what, String permission, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw of(e, what, permission);
    }
  }

  /** The failure as one of ours. */
  public static AssayException of(SdkException failure, String what, String permission) {
    if (!isRefusal(failure)) {
      boolean keyless = String.valueOf(failure.getMessage()).contains("Unable to load credentials");
      return new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          keyless
              ? "%s: there are no AWS credentials. Give the process a role, or set AWS_PROFILE or AWS_ACCESS_KEY_ID."
                  .formatted(what)
              : "%s: there is no answer (%s). Check network, region and quota."
                  .formatted(what, code(failure)),
          failure);
    }
    return new AssayException(
        ExitKind.WRONG_FILES,
        "%s: refused (%s). Check 'emr' in the profile, and that you may call %s."
            .formatted(what, code(failure), permission),
        failure);
  }

  /** Whether the service was reached and will not do it. */
  public static boolean isRefusal(SdkException failure) {
    return failure instanceof AwsServiceException answered
        && answered.statusCode() < FIRST_FAILURE
        && answered.statusCode() != TOO_MANY
        && !answered.isThrottlingException();
  }

  private static String code(SdkException failure) {
    if (failure instanceof AwsServiceException answered) {
      return answered.awsErrorDetails() == null || answered.awsErrorDetails().errorCode() == null
          ? "HTTP " + answered.statusCode()
          : answered.awsErrorDetails().errorCode();
    }
    return failure.getCause() == null
        ? failure.getClass().getSimpleName()
        : failure.getCause().getClass().getSimpleName();
  }
}
