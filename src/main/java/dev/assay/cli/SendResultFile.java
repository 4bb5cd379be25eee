package dev.assay.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Send;
import dev.assay.sending.Fate;
import dev.assay.sending.SendSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a scheduler reads of a sending: exit kind and counts. */
final class SendResultFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_KEYS = 1000;

  private SendResultFile() {}

  static void write(Path file, Send job, SendSummary summary, boolean dryRun) {
    ObjectNode root = JSON.createObjectNode();
    root.put("pipeline", job.pipeline());
    root.put("job", job.name());
    root.put("dry_run", dryRun);
    root.put("exit_code", summary.exit().code());
    root.put("exit_kind", summary.exit().name());
    root.put("messages", summary.messages());
    root.put("to_send", summary.toSend());
    root.put("sent", summary.sent());
    root.put("already_sent", summary.alreadySent());
    root.put("waiting", summary.waiting());
    root.put("held", summary.held());
    root.put("duplicates", summary.duplicates());
    for (Fate fate : Fate.values()) {
      root.put(fate.name().toLowerCase(Locale.ROOT), summary.fates().getOrDefault(fate, 0L));
    }
    ObjectNode refused = root.putObject("refused");
    summary.refused().forEach(refused::put);
    ObjectNode waitingFor = root.putObject("waiting_for");
    summary
        .waitingFor()
        .forEach((why, count) -> waitingFor.put(why.isEmpty() ? "not tried" : why, count));
    root.put("unknown", summary.unknown().size());
    ArrayNode unknown = root.putArray("unknown_keys");
    summary.unknown().stream().limit(MOST_KEYS).forEach(unknown::add);
    ArrayNode reasons = root.putArray("gate_reasons");
    summary.gateReasons().forEach(reasons::add);
    summary.stopped().ifPresent(why -> root.put("message", why.getMessage()));
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    } catch (IOException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: the result file cannot be written (%s). What was sent is in the ledger."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }
}
