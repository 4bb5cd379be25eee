package dev.assay.cli;

import dev.assay.model.ExitKind;
import dev.assay.publishing.Outbox;
import dev.assay.publishing.OutboxSummary;
import dev.assay.reports.OutboxText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what is to be told to everybody who is told. */
final class Delivering {
  private static final Logger LOG = LoggerFactory.getLogger(Delivering.class);

  private Delivering() {}

  /**
   * Delivers at the end of a run. Whatever goes wrong here fails no run: it stays in the outbox.
   *
   * @return {@link ExitKind#DELIVERIES_WAITING} if anything is left to deliver
   */
  static ExitKind afterRun(Common common, PrintWriter out) {
    try {
      List<OutboxSummary> summaries = drain(Outboxes.of(common), Outbox.Haste.PATIENT);
      OutboxText.line(summaries).ifPresent(out::println);
      return exit(summaries);
    } catch (RuntimeException e) {
      LOG.error("deliveries failed", e);
      out.println(
          "Announcements are not delivered (%s; the log has the details). 'assay publish' delivers them."
              .formatted(e.getClass().getSimpleName()));
      return ExitKind.DELIVERIES_WAITING;
    }
  }

  /** Drains one after the other. */
  static List<OutboxSummary> drain(List<Outbox> outboxes, Outbox.Haste haste) {
    List<OutboxSummary> summaries = new ArrayList<>();
    outboxes.forEach(outbox -> summaries.add(outbox.drain(haste)));
    return summaries;
  }

  static ExitKind exit(List<OutboxSummary> summaries) {
    return summaries.stream()
            // what is parked waits for a person, not for the next run
            .allMatch(summary -> summary.waiting().isEmpty())
        ? ExitKind.OK
        : ExitKind.DELIVERIES_WAITING;
  }
}
