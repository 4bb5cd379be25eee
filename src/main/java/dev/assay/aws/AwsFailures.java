package dev.assay.aws;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Failed calls in our words: the services' own may hold what was sent. */
public final class AwsFailures {
  private static final int TOO_MANY = 429;
  private static final int QUOTA = 402;
  private static final int CONFLICT = 409;
  private static final int DENIED = 403;
  private static final int FIRST_FAILURE = 500;

  private AwsFailures() {}

  /**
   * An outage for what passes by itself, a wrong file for what somebody has to change.
   *
   * @param service as people call it
   * @param doing what was asked of it, in words
   */
  public static AssayException explain(String service, String doing, SdkException failure) {
    if (!(failure instanceof AwsServiceException answered)) {
      boolean keyless = String.valueOf(failure.getMessage()).contains("Unable to load credentials");
      return new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          keyless
              ? "%s: there are no AWS credentials (%s). Set AWS_PROFILE, or give the machine a role."
                  .formatted(service, doing)
              : "%s does not answer (%s). Run it again: what is there already is kept."
                  .formatted(service, doing),
          failure);
    }
    int status = answered.statusCode();
    String code = code(answered);
    if (answered.isThrottlingException()
        || status == TOO_MANY
        || status == QUOTA
        || status == CONFLICT
        || status >= FIRST_FAILURE) {
      return new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s says %s (status %d; %s). Run it again later: what is there already is kept."
              .formatted(service, code, status, doing),
          failure);
    }
    return new AssayException(
        ExitKind.WRONG_FILES,
        "%s refuses it: %s (status %d; %s). %s"
            .formatted(
                service,
                code,
                status,
                doing,
                status == DENIED
                    ? "Check the policy of this role, and that it is a member of the project."
                    : "Check the names and ids in the profile."),
        failure);
  }

  private static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null || details.errorCode() == null
        ? answer.getClass().getSimpleName()
        : details.errorCode();
  }
}
