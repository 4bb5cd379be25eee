package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.EndpointProperties;
import software.amazon.awssdk.services.comprehend.model.EndpointStatus;
import software.amazon.awssdk.services.comprehend.model.ResourceNotFoundException;

/** Waits for what becomes of an endpoint. */
final class EndpointWaits {
  private final ComprehendClient client;
  private final Supplier<Waiting> waits;
  private final Attempts attempts;

  EndpointWaits(ComprehendClient client, Supplier<Waiting> waits, Attempts attempts) {
    this.client = client;
    this.waits = waits;
    this.attempts = attempts;
  }

  /**
   * Waits until an endpoint answers.
   *
   * @param progress is told each status when it changes
   * @throws AssayException if it fails, or is not in service within the longest wait
   */
  void untilInService(String arn, Consumer<String> progress) {
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

  /**
   * Waits until an endpoint is gone.
   *
   * @throws AssayException if it is not within the longest wait
   */
  void untilGone(String arn, Consumer<String> progress) {
    Waiting waiting = waits.get();
    String last = "";
    while (true) {
      Optional<String> now =
          ask(
              arn,
              "DescribeEndpoint",
              () -> {
                try {
                  return Optional.of(
                      client
                          .describeEndpoint(r -> r.endpointArn(arn))
                          .endpointProperties()
                          .statusAsString());
                } catch (ResourceNotFoundException e) {
                  return Optional.empty();
                }
              });
      if (now.isEmpty()) {
        return;
      }
      if (!now.get().equals(last)) {
        last = now.get();
        progress.accept("%s: %s".formatted(arn, last));
      }
      if (!waiting.goesOn()) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "%s: the endpoint is not gone within the longest wait; it is %s. Look at it with the same call."
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
