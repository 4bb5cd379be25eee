package dev.assay.cli;

import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.job.Publishing;
import dev.assay.publishing.Announcements;
import dev.assay.publishing.Destination;
import dev.assay.publishing.History;
import dev.assay.publishing.Outbox;
import dev.assay.publishing.files.FileDestination;
import dev.assay.publishing.iceberg.IcebergDeliveries;
import dev.assay.scores.Ledger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The destinations of a profile, each with its outbox. */
final class Outboxes {
  private Outboxes() {}

  /** One per destination that the profile names. */
  static List<Outbox> of(Common common) {
    Publishing publishing = common.profile().publishing();
    Announcements announcements =
        new Announcements(history(common.ledger()), publishing.mostEvaluations());
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

  private static List<Destination> destinations(Publishing publishing) {
    List<Destination> destinations = new ArrayList<>();
    publishing.files().ifPresent(folder -> destinations.add(new FileDestination("files", folder)));
    return destinations;
  }

  private static History history(Ledger ledger) {
    return new History() {
      @Override
      public List<RunRecord> runs() {
        return ledger.runs();
      }

      @Override
      public List<RuleOutcome> outcomes(String runId) {
        return ledger.outcomes(runId);
      }
    };
  }
}
