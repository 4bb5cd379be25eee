package dev.assay.aws;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.AwsPlace;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Clients with the credentials of the environment, or of a role in another account that these may
 * assume. They repeat by themselves only what was throttled, and so did nothing; after any other
 * failure the call may have arrived, and who repeats it has to look first.
 */
public final class Clients {
  private static final String SESSION = "assay";
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration CALL = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 4;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private Clients() {}

  /**
   * Opens a client.
   *
   * @throws AssayException if no region is known
   */
  public static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C open(
      B builder, AwsPlace place) {
    return open(
        builder,
        place,
        UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER));
  }

  /**
   * Opens a client that can also change things: Java's own connections know no PATCH.
   *
   * @throws AssayException if no region is known
   */
  public static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C openPatching(
      B builder, AwsPlace place) {
    return open(
        builder,
        place,
        ApacheHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(ANSWER)
            // requests are small: asking first only costs a round trip
            .expectContinueEnabled(false));
  }

  private static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C open(
      B builder, AwsPlace place, SdkHttpClient.Builder<?> connections) {
    try {
      place
          .role()
          .ifPresent(
              role ->
                  builder.credentialsProvider(
                      StsAssumeRoleCredentialsProvider.builder()
                          .stsClient(sts(place))
                          .refreshRequest(r -> r.roleArn(role).roleSessionName(SESSION))
                          .build()));
      place.endpoint().ifPresent(builder::endpointOverride);
      return built(builder, place.region(), connections);
    } catch (SdkClientException e) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "A client for AWS cannot be made, usually because no region is known. Write region: NAME beside the service in the profile, or set AWS_REGION.",
          e);
    }
  }

  private static StsClient sts(AwsPlace place) {
    StsClientBuilder builder = StsClient.builder();
    place.stsEndpoint().ifPresent(builder::endpointOverride);
    return built(
        builder,
        place.region(),
        UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER));
  }

  private static RetryStrategy onlyThrottled() {
    return StandardRetryStrategy.builder()
        // the SDK would add its own conditions: lost answers, failures of the service
        .useClientDefaults(false)
        .maxAttempts(ATTEMPTS)
        .retryOnException(Clients::throttled)
        .treatAsThrottling(Clients::throttled)
        .backoffStrategy(BackoffStrategy.exponentialDelay(PAUSE, LONGEST_PAUSE))
        .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(PAUSE, LONGEST_PAUSE))
        .build();
  }

  private static boolean throttled(Throwable failure) {
    return failure instanceof SdkServiceException answered && answered.isThrottlingException();
  }

  private static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C built(
      B builder, Optional<String> region, SdkHttpClient.Builder<?> connections) {
    builder
        .httpClientBuilder(connections)
        .overrideConfiguration(o -> o.apiCallTimeout(CALL).retryStrategy(onlyThrottled()));
    region.map(Region::of).ifPresent(builder::region);
    return builder.build();
  }
}
