package dev.assay.publishing.aws;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.AwsPlace;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Clients with the credentials of the environment, or of a role in another account that these may
 * assume. The SDK repeats what was throttled; every call that changes something carries a token.
 */
public final class Clients {
  private static final String SESSION = "assay";
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration CALL = Duration.ofSeconds(60);

  private Clients() {}

  /**
   * Opens a client.
   *
   * @throws AssayException if no region is known
   */
  public static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C open(
      B builder, AwsPlace place) {
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
      return built(builder, place.region());
    } catch (SdkClientException e) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "A client for announcements cannot be made, usually because no region is known. Write region: NAME to the destination in the profile, or set AWS_REGION.",
          e);
    }
  }

  private static StsClient sts(AwsPlace place) {
    StsClientBuilder builder = StsClient.builder();
    place.stsEndpoint().ifPresent(builder::endpointOverride);
    return built(builder, place.region());
  }

  private static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C built(
      B builder, Optional<String> region) {
    builder
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER))
        .overrideConfiguration(o -> o.apiCallTimeout(CALL));
    region.map(Region::of).ifPresent(builder::region);
    return builder.build();
  }
}
