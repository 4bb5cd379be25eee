package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.publishing.Outbox;
import dev.assay.publishing.OutboxSummary;
import dev.assay.reports.OutboxText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Delivers what waits. */
@Command(
    name = "publish",
    description = {
      "Deliver the announcements that wait: scores and holds, to the destinations of the profile.",
      "A run delivers at its end; this is for what could not be delivered then. Starts no Spark."
    },
    mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(
      names = "--retry",
      paramLabel = "KEY",
      description = "Try again what a destination refused; the first digits of its key are enough.")
  List<String> retry = new ArrayList<>();

  @Option(names = "--patient", description = "Leave alone what failed a moment ago, as a run does.")
  boolean patient;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    List<Outbox> outboxes = Outboxes.of(common);
    askAgain(outboxes);
    List<OutboxSummary> summaries = Delivering.drain(outboxes, patient);
    spec.commandLine().getOut().println(OutboxText.of(summaries));
    return Delivering.exit(summaries).code();
  }

  private void askAgain(List<Outbox> outboxes) {
    if (retry.isEmpty()) {
      return;
    }
    List<String> unknown = new ArrayList<>(retry);
    for (Outbox outbox : outboxes) {
      unknown.retainAll(outbox.retry(retry));
    }
    if (!unknown.isEmpty()) {
      throw new AssayException(
          ExitKind.USAGE,
          "--retry: %s is not the beginning of exactly one parked key. 'assay publish' lists them."
              .formatted(String.join(", ", unknown)));
    }
  }
}
