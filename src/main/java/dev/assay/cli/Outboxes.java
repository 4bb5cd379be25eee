package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Profile;
import dev.assay.model.job.Publishing;
import dev.assay.publishing.Announcements;
import dev.assay.publishing.Destination;
import dev.assay.publishing.History;
import dev.assay.publishing.Notices;
import dev.assay.publishing.Outbox;
import dev.assay.publishing.datazone.DataZoneDestinations;
import dev.assay.publishing.files.FileDestination;
import dev.assay.publishing.iceberg.IcebergDeliveries;
import dev.assay.publishing.openlineage.DatasetNames;
import dev.assay.publishing.openlineage.HttpDestination;
import dev.assay.publishing.openlineage.RunEvents;
import dev.assay.publishing.sns.TopicDestination;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The destinations of a profile, each with its outbox. */
final class Outboxes {
  private static final String JOBS = "assay";

  private Outboxes() {}

  /** One per destination that the profile names. */
  static List<Outbox> of(Common common) {
    Publishing publishing = common.profile().publishing();
    Announcements announcements = announcements(common);
    List<Outbox> outboxes = new ArrayList<>();
    for (Destination destination : destinations(publishing)) {
      outboxes.add(
          new Outbox(
              announcements,
              destination,
              new IcebergDeliveries(common.catalog().iceberg(), destination.name()),
              Clock.systemUTC()));
    }
    return outboxes;
  }

  /** What the ledger has to tell, as this profile tells it. */
  static Announcements announcements(Common common) {
    Publishing publishing = common.profile().publishing();
    History history =
        new LedgerOfAnnouncements(
            common.ledger(), () -> IcebergDeliveries.ended(common.catalog().iceberg()));
    return new Announcements(
        history,
        publishing.mostEvaluations(),
        new Notices(history, publishing.scoreDrop()),
        new RunEvents(
            URI.create("https://assay.dev/" + ProductVersion.current()),
            JOBS,
            names(common.profile())));
  }

  /** Tables of an account are called by their ARN, others by where they lie. */
  private static DatasetNames names(Profile profile) {
    return profile
        .publishing()
        .glue()
        .map(glue -> DatasetNames.ofGlue(glue.partition(), glue.region(), glue.account()))
        .orElseGet(
            () ->
                DatasetNames.ofWarehouse(
                    Objects.requireNonNull(profile.catalogProperties().get("warehouse"))));
  }

  private static List<Destination> destinations(Publishing publishing) {
    List<Destination> destinations = new ArrayList<>();
    publishing
        .datazone()
        .ifPresent(
            datazone ->
                destinations.addAll(
                    DataZoneDestinations.open(datazone, publishing.glue().orElseThrow())));
    publishing
        .openLineage()
        .ifPresent(
            endpoint ->
                destinations.add(
                    new HttpDestination(
                        endpoint.url(), endpoint.keyVariable().map(Outboxes::key))));
    // last those that are told what others refuse
    publishing.files().ifPresent(folder -> destinations.add(new FileDestination("files", folder)));
    publishing.sns().ifPresent(topic -> destinations.add(TopicDestination.open(topic)));
    return destinations;
  }

  private static String key(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.WRONG_FILES,
                    "The profile says that the key of its OpenLineage endpoint is in the environment variable %s, which is not set. Set it, or take key-variable out."
                        .formatted(variable)));
  }
}
