package dev.assay.sending.aws;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.SendChannel;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/**
 * Clients that send each request once: a repeat by the SDK would be a second message. Credentials
 * are those of the environment.
 */
public final class AwsClients {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration CALL = Duration.ofSeconds(45);

  private AwsClients() {}

  /**
   * Opens a client.
   *
   * @param usualRegion where the channel names none; without both, that of the environment
   * @throws AssayException if no region is known
   */
  public static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C open(
      B builder, SendChannel.Where where, Optional<String> usualRegion) {
    builder
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER))
        .overrideConfiguration(
            o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()).apiCallTimeout(CALL));
    where.region().or(() -> usualRegion).map(Region::of).ifPresent(builder::region);
    where.endpoint().ifPresent(builder::endpointOverride);
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "A channel's client cannot be made, usually because no region is known. Write region: NAME to the channel, client.region to the profile's catalog, or set AWS_REGION. Nothing was sent.",
          e);
    }
  }
}
