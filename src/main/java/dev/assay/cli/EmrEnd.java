package dev.assay.cli;

import dev.assay.emr.Ending;
import dev.assay.emr.Ending.How;
import dev.assay.emr.Platform;
import dev.assay.emr.Submission;
import dev.assay.emr.Usage;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Spending;
import dev.assay.pipeline.Failures;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said and kept when a submission has ended. */
final class EmrEnd {
  private final Common common;
  private final Platform platform;
  private final Submission submission;
  private final PrintWriter out;
  private final PrintWriter err;

  EmrEnd(
      Common common, Platform platform, Submission submission, PrintWriter out, PrintWriter err) {
    this.common = common;
    this.platform = platform;
    this.submission = submission;
    this.out = out;
    this.err = err;
  }

  /**
   * Shows the result, and what it cost; keeps the cost.
   *
   * @return how the run ended; of one without a result, that something outside failed
   */
  ExitKind show(Ending ending) {
    if (ending.how() == How.LEFT_RUNNING) {
      err.println(
          "The %s %s goes on (%s). The same command follows it again; --cancel-on-interrupt would cancel it."
              .formatted(platform.runIs(), ending.id(), ending.look().text()));
      return ExitKind.OUTSIDE_UNAVAILABLE;
    }
    Optional<EmrResult> result = result(ending);
    result.ifPresent(found -> out.println(found.text()));
    charged(ending, result);
    if (result.isEmpty()) {
      err.println(without(ending));
    } else if (ending.look().phase() == dev.assay.emr.Look.Phase.FAILED) {
      err.println(
          "The %s ended %s after it had written its result, which counts. Logs: %s"
              .formatted(platform.runIs(), ending.look().text(), platform.logs(ending.id())));
    }
    out.flush();
    err.flush();
    return result.map(EmrResult::exit).orElse(ExitKind.OUTSIDE_UNAVAILABLE);
  }

  private Optional<EmrResult> result(Ending ending) {
    try {
      return ending.result().map(text -> EmrResult.of(text, ending.attempt().result()));
    } catch (AssayException e) {
      err.println(e.getMessage());
      return Optional.empty();
    }
  }

  private String without(Ending ending) {
    String what = "%s: %s %s".formatted(submission.text(), platform.runIs(), ending.id());
    String logs = "Logs: " + platform.logs(ending.id());
    return switch (ending.how()) {
      case CANCELLED -> "%s was cancelled: %s. %s".formatted(what, ending.look().text(), logs);
      case NEVER_STARTED ->
          "%s had not started after %s and was cancelled: %s. Look at the capacity that the application or account may use, and at what runs beside it; emr.start-timeout in the profile waits longer. %s"
              .formatted(
                  what,
                  common.profile().emr().orElseThrow().limits().start(),
                  ending.look().text(),
                  logs);
      case TOO_LONG ->
          "%s took longer than emr.timeout in the profile and was cancelled: %s. %s"
              .formatted(what, ending.look().text(), logs);
      case OVER, LEFT_RUNNING ->
          "%s ended %s without a result. The driver could not start, was killed, or may not write %s. %s"
              .formatted(what, ending.look().text(), ending.attempt().result(), logs);
    };
  }

  private void charged(Ending ending, Optional<EmrResult> result) {
    if (ending.usage().isEmpty()) {
      out.println(
          "What was charged for %s %s is not known yet, so it is not in the ledger."
              .formatted(platform.runIs(), ending.id()));
      return;
    }
    Usage usage = ending.usage().get();
    out.println("Charged for %s: %s".formatted(ending.id(), usage.text()));
    if (usage.cost().isEmpty()) {
      return;
    }
    Map<String, Double> seconds = result.map(EmrResult::seconds).orElse(Map.of());
    List<Spending> bill =
        EmrBill.of(submission, ending.id(), platform.service(), usage, seconds, Instant.now());
    try {
      if (!common.ledger().recordBill(bill)) {
        out.println("It is in the ledger already.");
      }
    } catch (RuntimeException e) {
      err.println(
          "The cost could not be written into the ledger, and will not be in 'assay cost': %s"
              .formatted(Failures.explain(e).getMessage()));
    }
  }
}
