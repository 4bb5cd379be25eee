package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.publishing.Outbox;
import dev.assay.publishing.OutboxSummary;
import dev.assay.reports.OutboxText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Delivers what waits. */
@Command(
    name = "publish",
    description = {
      "Deliver the announcements that wait: scores, lineage, notices, to the destinations of the profile.",
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

  @ArgGroup(exclusive = true)
  @Nullable Pace pace;

  /** How eager it is. */
  static final class Pace {
    @Option(
        names = "--patient",
        description = "Leave alone what failed a moment ago, as a run does.")
    boolean patient;

    @Option(
        names = "--take-over",
        description =
            "Deliver at once what a killed process had begun, and do not wait two minutes for it. Only when no other process delivers.")
    boolean takeOver;

    Outbox.Haste haste() {
      return patient ? Outbox.Haste.PATIENT : Outbox.Haste.TAKE_OVER;
    }
  }

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    List<Outbox> outboxes = Outboxes.of(common);
    askAgain(outboxes);
    List<OutboxSummary> summaries =
        Delivering.drain(outboxes, pace == null ? Outbox.Haste.NOW : pace.haste());
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
