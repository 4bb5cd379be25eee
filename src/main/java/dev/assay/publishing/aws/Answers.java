package dev.assay.publishing.aws;

import dev.assay.publishing.Destination.Outcome;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a failed call means for what was to be delivered. The services' own words are never
 * repeated: they may hold what was sent.
 */
public final class Answers {
  private static final int QUOTA = 402;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int FIRST_FAILURE = 500;
  private static final int FIRST_REFUSAL = 400;

  private Answers() {}

  /** Later, for what passes by itself; refused, for what somebody has to change. */
  public static Outcome of(String service, SdkException failure) {
    if (!(failure instanceof AwsServiceException answered)) {
      boolean keyless = String.valueOf(failure.getMessage()).contains("Unable to load credentials");
      return new Outcome.Later(
          keyless
              ? "there are no AWS credentials for %s".formatted(service)
              : "%s does not answer".formatted(service),
          Optional.empty());
    }
    int status = answered.statusCode();
    if (answered.isThrottlingException()
        || status == TOO_MANY
        || status == QUOTA
        || status == CONFLICT
        || status >= FIRST_FAILURE
        || status < FIRST_REFUSAL) {
      return new Outcome.Later(
          "%s says %s (status %d)".formatted(service, code(answered), status), Optional.empty());
    }
    return new Outcome.Refused(
        "%s refuses it: %s (status %d)".formatted(service, code(answered), status));
  }

  private static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null || details.errorCode() == null
        ? answer.getClass().getSimpleName()
        : details.errorCode();
  }
}
