package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.EndpointProperties;
import software.amazon.awssdk.services.comprehend.model.EndpointStatus;
import software.amazon.awssdk.services.comprehend.model.ResourceInUseException;
import software.amazon.awssdk.services.comprehend.model.ResourceNotFoundException;
import software.amazon.awssdk.services.comprehend.model.Tag;

/**
 * Creates, lists and deletes endpoints, which cost money as long as they are there. It knows its
 * own by a tag. Nothing else creates or deletes any.
 */
public final class EndpointOwner {
  private static final Tag OURS = Tag.builder().key("assay").value("endpoint").build();
  private static final String KIND = "document-classifier-endpoint/";

  private final ComprehendSettings settings;
  private final Supplier<Waiting> waits;
  private final Attempts attempts = Attempts.usual();

  /** Whether somebody has said that the costs are known. */
  public enum Costs {
    ACCEPTED,
    NOT_ACCEPTED
  }

  /**
   * An endpoint that is there.
   *
   * @param arn its ARN
   * @param classifier ARN of what it serves
   * @param units inference units
   * @param status in the service's word, for example {@code IN_SERVICE}
   * @param created when it began to cost money
   */
  public record Endpoint(String arn, String classifier, int units, String status, Instant created) {
    /** What it was created as. */
    public String name() {
      return arn.substring(arn.indexOf(KIND) + KIND.length());
    }
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
   * Creates an endpoint and waits until it answers. The same call again finds the endpoint, and
   * waits for it.
   *
   * @param name at most 40 letters, digits and single hyphens
   * @param classifier ARN of what it serves
   * @param units inference units, 1 to 10
   * @param progress is told what it costs, and each status when it changes
   * @return ARN of the endpoint
   * @throws AssayException without {@link Costs#ACCEPTED} for an endpoint that is not there yet; if
   *     there is one of that name that serves something else or has other units; or if it fails, or
   *     is not there within the longest wait, and then it may cost money all the same
   */
  public String create(
      String name, String classifier, int units, Costs costs, Consumer<String> progress) {
    try (ComprehendClient client = Connection.of(settings).open()) {
      Optional<Endpoint> there = find(client, name);
      if (there.isPresent() && isGoing(there.get())) {
        new EndpointWaits(client, waits, attempts).untilGone(there.get().arn(), progress);
        there = Optional.empty();
      }
      String arn =
          there.isPresent()
              ? same(there.get(), classifier, units)
              : begin(client, name, classifier, units, costs, progress);
      new EndpointWaits(client, waits, attempts).untilInService(arn, progress);
      return arn;
    }
  }

  private String begin(
      ComprehendClient client,
      String name,
      String classifier,
      int units,
      Costs costs,
      Consumer<String> progress) {
    String warning = TimePrices.of(settings).endpoint(units);
    if (costs != Costs.ACCEPTED) {
      throw new AssayException(
          ExitKind.USAGE,
          "Endpoint %s was not created: nobody has accepted its costs. %s"
              .formatted(name, warning));
    }
    progress.accept(warning);
    // of this call only: a token made of the name would find an endpoint that was deleted since
    String token = UUID.randomUUID().toString();
    return ask(
        name,
        "CreateEndpoint",
        () -> {
          try {
            return client
                .createEndpoint(
                    r ->
                        r.endpointName(name)
                            .modelArn(classifier)
                            .desiredInferenceUnits(units)
                            .clientRequestToken(token)
                            .tags(OURS))
                .endpointArn();
          } catch (ResourceInUseException e) {
            // somebody else was first
            return same(find(client, name).orElseThrow(() -> e), classifier, units);
          }
        });
  }

  private static String same(Endpoint there, String classifier, int units) {
    if (!there.classifier().equals(classifier) || there.units() != units) {
      throw new AssayException(
          ExitKind.USAGE,
          "There is an endpoint %s already, of %d inference units for %s. Expected none, or one of %d units for %s. Take another name, or delete it first."
              .formatted(there.name(), there.units(), there.classifier(), units, classifier));
    }
    return there.arn();
  }

  /**
   * Deletes an endpoint and waits until it is gone; from then on it costs nothing.
   *
   * @param endpoint name or ARN
   * @return whether there was one; one that is gone is no error
   * @throws AssayException if it was not made here, or is not gone within the longest wait
   */
  public boolean delete(String endpoint, Consumer<String> progress) {
    try (ComprehendClient client = Connection.of(settings).open()) {
      Optional<Endpoint> there = find(client, endpoint);
      if (there.isEmpty()) {
        return false;
      }
      String arn = there.get().arn();
      if (!isOurs(client, arn)) {
        throw new AssayException(
            ExitKind.USAGE,
            "%s was not created by Assay (it has no tag assay=endpoint), and is not deleted. Delete it where it was created, or tag it."
                .formatted(arn));
      }
      if (!isGoing(there.get())) {
        ask(
            arn,
            "DeleteEndpoint",
            () -> {
              try {
                return Optional.of(client.deleteEndpoint(r -> r.endpointArn(arn)));
              } catch (ResourceNotFoundException e) {
                return Optional.empty();
              }
            });
      }
      new EndpointWaits(client, waits, attempts).untilGone(arn, progress);
      return true;
    }
  }

  /** The endpoints that were made here, by name. */
  public List<Endpoint> list() {
    try (ComprehendClient client = Connection.of(settings).open()) {
      return all(client).stream()
          .filter(endpoint -> isOurs(client, endpoint.arn()))
          .sorted(java.util.Comparator.comparing(Endpoint::name))
          .toList();
    }
  }

  private static boolean isGoing(Endpoint endpoint) {
    return endpoint.status().equals(EndpointStatus.DELETING.toString());
  }

  private Optional<Endpoint> find(ComprehendClient client, String nameOrArn) {
    return all(client).stream()
        .filter(one -> one.arn().equals(nameOrArn) || one.name().equals(nameOrArn))
        .findFirst();
  }

  private List<Endpoint> all(ComprehendClient client) {
    return ask(
        "the list of endpoints",
        "ListEndpoints",
        () ->
            client.listEndpointsPaginator(r -> {}).stream()
                .flatMap(page -> page.endpointPropertiesList().stream())
                .filter(properties -> properties.endpointArn().contains(KIND))
                .map(EndpointOwner::endpoint)
                .toList());
  }

  private static Endpoint endpoint(EndpointProperties properties) {
    return new Endpoint(
        properties.endpointArn(),
        Optional.ofNullable(properties.modelArn()).orElse(""),
        Optional.ofNullable(properties.desiredInferenceUnits())
            .or(() -> Optional.ofNullable(properties.currentInferenceUnits()))
            .orElse(0),
        properties.statusAsString(),
        Optional.ofNullable(properties.creationTime()).orElseGet(Instant::now));
  }

  private boolean isOurs(ComprehendClient client, String arn) {
    return ask(
        arn,
        "ListTagsForResource",
        () -> {
          try {
            return client.listTagsForResource(r -> r.resourceArn(arn)).tags().contains(OURS);
          } catch (ResourceNotFoundException e) {
            // deleted a moment ago
            return false;
          }
        });
  }

  private <T> T ask(String what, String action, Supplier<T> request) {
    try {
      return attempts.ask(Attempts.Watch.NONE, request);
    } catch (SdkException e) {
      throw Failures.of(e, what, action, "");
    }
  }
}
