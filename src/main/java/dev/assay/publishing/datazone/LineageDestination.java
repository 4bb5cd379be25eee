package dev.assay.publishing.datazone;

import dev.assay.publishing.Announcement;
import dev.assay.publishing.Destination;
import dev.assay.publishing.aws.Answers;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.datazone.DataZoneClient;
import software.amazon.awssdk.services.datazone.model.LineageEventProcessingStatus;

/**
 * Lineage into DataZone. The service takes an event at once and works it off later, so what was
 * taken is asked after until it succeeded or failed.
 */
final class LineageDestination implements Destination {
  private static final int LARGEST = 300_000;

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
      return new Outcome.Accepted(
          client
              .postLineageEvent(
                  r -> r.domainIdentifier(domain).clientToken(attempt.token()).event(event))
              .id());
    } catch (SdkException e) {
      return Answers.of("DataZone", e);
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
