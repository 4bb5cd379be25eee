package dev.assay.publishing.datazone;

import dev.assay.aws.Clients;
import dev.assay.model.job.GlueAccount;
import dev.assay.model.job.Publishing;
import dev.assay.publishing.Destination;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.datazone.DataZoneClient;

/** What goes to a domain, by one client. */
public final class DataZoneDestinations {
  private DataZoneDestinations() {}

  /** Scores and, if the profile says so, lineage. */
  public static List<Destination> open(Publishing.DataZone datazone, GlueAccount tables) {
    DataZoneClient client = Clients.open(DataZoneClient.builder(), datazone.place());
    List<Destination> destinations = new ArrayList<>();
    destinations.add(new ScoreDestination(client, datazone.domain(), tables));
    if (datazone.lineage()) {
      destinations.add(new LineageDestination(client, datazone.domain()));
    }
    return destinations;
  }
}
