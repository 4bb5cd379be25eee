package dev.assay.messages.comprehend;

import dev.assay.model.job.ComprehendSettings;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.ComprehendClientBuilder;

/**
 * How to reach the service, from any machine of a cluster.
 *
 * @param region empty for the environment's
 * @param url empty for AWS
 */
record Connection(String region, String url) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration ANSWERING = Duration.ofSeconds(60);

  static Connection of(ComprehendSettings settings) {
    return new Connection(
        settings.region().orElse(""), settings.endpointUrl().map(URI::toString).orElse(""));
  }

  /** A client that sends each request once; {@link Attempts} repeats, and counts. */
  ComprehendClient open() {
    ComprehendClientBuilder builder =
        ComprehendClient.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECTING)
                    .socketTimeout(ANSWERING))
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    if (!region.isEmpty()) {
      builder.region(Region.of(region));
    }
    if (!url.isEmpty()) {
      builder.endpointOverride(URI.create(url));
    }
    return builder.build();
  }
}
