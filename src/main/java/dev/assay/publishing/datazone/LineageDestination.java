package dev.assay.publishing.datazone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.Destination;
import dev.assay.publishing.aws.Answers;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.datazone.DataZoneClient;
import software.amazon.awssdk.services.datazone.model.EventSummary;
import software.amazon.awssdk.services.datazone.model.LineageEventProcessingStatus;
import software.amazon.awssdk.services.datazone.model.LineageEventSummary;
import software.amazon.awssdk.services.datazone.model.OpenLineageRunEventSummary;

/**
 * Lineage into DataZone. The service takes an event at once and works it off later, so what was
 * taken is asked after until it succeeded or failed.
 */
final class LineageDestination implements Destination {
  private static final int LARGEST = 300_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DataZoneClient client;
  private final String domain;

  LineageDestination(DataZoneClient client, String domain) {
    this.client = client;
    this.domain = domain;
  }

  @Override
  public String name() {
    return "datazone-lineage";
  }

  @Override
  public boolean takes(Announcement.Kind kind) {
    return kind.lineage();
  }

  @Override
  public Outcome deliver(Announcement announcement, String body, Attempt attempt) {
    SdkBytes event = SdkBytes.fromUtf8String(body);
    int size = event.asByteArrayUnsafe().length;
    if (size > LARGEST) {
      return new Outcome.Refused(
          "the event has %d bytes, and DataZone takes at most %d".formatted(size, LARGEST));
    }
    try {
      Optional<String> there = attempt.repeated() ? find(announcement, body) : Optional.empty();
      return new Outcome.Accepted(
          there.isPresent()
              ? there.get()
              : client
                  .postLineageEvent(
                      r -> r.domainIdentifier(domain).clientToken(attempt.token()).event(event))
                  .id());
    } catch (SdkException e) {
      return Answers.of("DataZone", e);
    }
  }

  /** An event of the same run and type that was taken already. */
  private Optional<String> find(Announcement announcement, String body) {
    Instant at =
        announcement.kind() == Announcement.Kind.STARTED
            ? announcement.run().startedAt()
            : announcement.at();
    JsonNode ours = read(body);
    return client
        .listLineageEventsPaginator(
            r ->
                r.domainIdentifier(domain)
                    .timestampAfter(at.minusSeconds(2))
                    .timestampBefore(at.plusSeconds(2)))
        .items()
        .stream()
        .filter(one -> one.processingStatus() != LineageEventProcessingStatus.FAILED)
        .filter(one -> isOf(one.eventSummary(), ours))
        .map(LineageEventSummary::id)
        .findFirst();
  }

  private static boolean isOf(@Nullable EventSummary summary, JsonNode ours) {
    if (summary == null || summary.openLineageRunEventSummary() == null) {
      return false;
    }
    OpenLineageRunEventSummary event = summary.openLineageRunEventSummary();
    return ours.path("run").path("runId").asText().equals(event.runId())
        && ours.path("eventType").asText().equals(event.eventTypeAsString());
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a lineage event that is no JSON", e);
    }
  }

  @Override
  public Outcome followUp(String id) {
    try {
      LineageEventProcessingStatus status =
          client.getLineageEvent(r -> r.domainIdentifier(domain).identifier(id)).processingStatus();
      return switch (status) {
        case SUCCESS -> new Outcome.Delivered(id);
        case FAILED -> new Outcome.Refused("DataZone could not process the event");
        default -> new Outcome.Later("DataZone is at work on it", Optional.empty());
      };
    } catch (SdkException e) {
      return new Outcome.Later("DataZone does not say what became of it", Optional.empty());
    }
  }
}
