package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Fingerprint;
import dev.assay.model.job.ComprehendSettings;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.EndpointProperties;
import software.amazon.awssdk.services.comprehend.model.EndpointStatus;
import software.amazon.awssdk.services.comprehend.model.ResourceNotFoundException;

/** Creates and deletes endpoints, which cost money as long as they are there. */
public final class EndpointOwner {
  private static final BigDecimal SECONDS_OF_DAY = BigDecimal.valueOf(24 * 60 * 60);

  private final ComprehendSettings settings;
  private final Supplier<Waiting> waits;
  private final Attempts attempts = Attempts.usual();

  /** Whether somebody has said that the costs are known. */
  public enum Costs {
    ACCEPTED,
    NOT_ACCEPTED
  }

  EndpointOwner(ComprehendSettings settings, Supplier<Waiting> waits) {
    this.settings = settings;
    this.waits = waits;
  }

  /** As a profile says. */
  public static EndpointOwner of(ComprehendSettings settings) {
    return new EndpointOwner(settings, () -> Waiting.upTo(settings.longestWait()));
  }

  /**
   * Creates an endpoint and waits until it answers. The same call again finds the endpoint.
   *
   * @param name at most 40 letters, digits and single hyphens
   * @param classifier ARN of what it serves
   * @param units inference units, 1 to 10
   * @param progress is told what it costs, and each status when it changes
   * @return ARN of the endpoint
   * @throws AssayException without {@link Costs#ACCEPTED}; or if it fails, or is not there within
   *     the longest wait, and then it may cost money all the same
   */
  public String create(
      String name, String classifier, int units, Costs costs, Consumer<String> progress) {
    progress.accept(warning(units));
    if (costs != Costs.ACCEPTED) {
      throw new AssayException(
          ExitKind.USAGE,
          "Endpoint %s was not created: nobody has accepted its costs. %s"
              .formatted(name, warning(units)));
    }
    String token = Fingerprint.of(name, classifier, String.valueOf(units)).hex().substring(0, 48);
    try (ComprehendClient client = Connection.of(settings).open()) {
      String arn =
          ask(
              name,
              "CreateEndpoint",
              () ->
                  client
                      .createEndpoint(
                          r ->
                              r.endpointName(name)
                                  .modelArn(classifier)
                                  .desiredInferenceUnits(units)
                                  .clientRequestToken(token))
                      .endpointArn());
      await(client, arn, progress);
      return arn;
    }
  }

  /** Deletes an endpoint, from when on it costs nothing; one that is gone is no error. */
  public void delete(String endpoint) {
    try (ComprehendClient client = Connection.of(settings).open()) {
      ask(
          endpoint,
          "DeleteEndpoint",
          () -> {
            try {
              return Optional.of(client.deleteEndpoint(r -> r.endpointArn(endpoint)));
            } catch (ResourceNotFoundException e) {
              return Optional.empty();
            }
          });
    }
  }

  /** What an endpoint costs, in words. */
  private String warning(int units) {
    String price =
        settings
            .prices()
            .filter(prices -> prices.endpointSecond().signum() > 0)
            .map(
                prices ->
                    " %s %s a day (%s)."
                        .formatted(
                            prices
                                .endpointSecond()
                                .multiply(BigDecimal.valueOf(units))
                                .multiply(SECONDS_OF_DAY)
                                .stripTrailingZeros()
                                .toPlainString(),
                            prices.currency(),
                            prices.text()))
            .orElse("");
    return "An endpoint of %d inference units costs money from its creation to its deletion, asked or not.%s Delete it when it is no longer needed."
        .formatted(units, price);
  }

  private void await(ComprehendClient client, String arn, Consumer<String> progress) {
    Waiting waiting = waits.get();
    String last = "";
    while (true) {
      EndpointProperties now =
          ask(
              arn,
              "DescribeEndpoint",
              () -> client.describeEndpoint(r -> r.endpointArn(arn)).endpointProperties());
      if (!now.statusAsString().equals(last)) {
        last = now.statusAsString();
        progress.accept("%s: %s".formatted(arn, last));
      }
      if (now.status() == EndpointStatus.IN_SERVICE) {
        return;
      }
      if (now.status() == EndpointStatus.FAILED || now.status() == EndpointStatus.DELETING) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "%s: the endpoint is %s: %s. Delete it, and create it again."
                .formatted(
                    arn, last, Optional.ofNullable(now.message()).orElse("without a message")));
      }
      if (!waiting.goesOn()) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "%s: the endpoint is not in service within the longest wait; it is %s. It costs money: wait for it with the same call, or delete it."
                .formatted(arn, last));
      }
    }
  }

  private <T> T ask(String what, String action, Supplier<T> request) {
    try {
      return attempts.ask(Attempts.Watch.NONE, request);
    } catch (SdkException e) {
      throw Failures.of(e, what, action, "");
    }
  }
}
