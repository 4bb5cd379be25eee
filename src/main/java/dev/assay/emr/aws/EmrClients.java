package dev.assay.emr.aws;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Emr;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** Clients with the credentials of the environment. */
public final class EmrClients {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** What a client repeats by itself. */
  public enum Repeats {
    /** Whatever failed on the way: for requests that do the same when they arrive twice. */
    ALL,
    /** Only what was throttled, and so did nothing. */
    THROTTLED
  }

  private EmrClients() {}

  /**
   * Opens a client.
   *
   * @param endpoint instead of the service's own
   * @throws AssayException if no region is known
   */
  public static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C open(
      B builder, Emr.Service service, Optional<URI> endpoint, Repeats repeats) {
    builder
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER))
        .overrideConfiguration(o -> o.retryStrategy(strategy(repeats)));
    service.region().map(Region::of).ifPresent(builder::region);
    endpoint.ifPresent(builder::endpointOverride);
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "A client for EMR cannot be made, usually because no region is known. Write emr: {region: NAME} to the profile, or set AWS_REGION.",
          e);
    }
  }

  private static RetryStrategy strategy(Repeats repeats) {
    BackoffStrategy backoff = BackoffStrategy.exponentialDelay(PAUSE, LONGEST_PAUSE);
    if (repeats == Repeats.ALL) {
      return AwsRetryStrategy.standardRetryStrategy().toBuilder()
          .maxAttempts(ATTEMPTS)
          .circuitBreakerEnabled(false)
          .backoffStrategy(backoff)
          .throttlingBackoffStrategy(backoff)
          .build();
    }
    return StandardRetryStrategy.builder()
        // the SDK would add its own conditions: lost answers, failures of the service
        .useClientDefaults(false)
        .maxAttempts(ATTEMPTS)
        .retryOnException(EmrClients::throttled)
        .treatAsThrottling(EmrClients::throttled)
        .backoffStrategy(backoff)
        .throttlingBackoffStrategy(backoff)
        .build();
  }

  private static boolean throttled(Throwable failure) {
    return failure instanceof SdkServiceException answered && answered.isThrottlingException();
  }
}
