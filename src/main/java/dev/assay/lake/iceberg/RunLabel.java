package dev.assay.lake.iceberg;

import dev.assay.model.Fingerprint;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;

/**
 * What a staged snapshot's summary says about the run that wrote it. With it, main's history alone
 * tells which runs were published.
 *
 * @param reads the tables that were read, whole or by changes, and the last snapshot of each; so
 *     that reading by changes goes on from there, whatever the input is called by then
 */
public record RunLabel(
    String runId,
    String job,
    LocalDate dataDate,
    Fingerprint identity,
    Fingerprint content,
    Fingerprint ruleset,
    Map<String, Long> reads) {
  private static final String PREFIX = "assay.";

  public RunLabel {
    reads = Map.copyOf(reads);
  }

  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put(PREFIX + "run-id", runId);
    properties.put(PREFIX + "job", job);
    properties.put(PREFIX + "data-date", dataDate.toString());
    properties.put(PREFIX + "identity", identity.hex());
    properties.put(PREFIX + "content", content.hex());
    properties.put(PREFIX + "ruleset", ruleset.hex());
    reads.forEach(
        (alias, snapshot) -> properties.put(PREFIX + "read." + alias, snapshot.toString()));
    return properties;
  }

  /** The label of a snapshot, if a run of Assay wrote it. */
  public static Optional<RunLabel> of(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    if (!summary.containsKey(PREFIX + "job")) {
      // what is written to a quarantine names the run only
      return Optional.empty();
    }
    Map<String, Long> reads = new HashMap<>();
    summary.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX + "read.")) {
            reads.put(key.substring((PREFIX + "read.").length()), Long.valueOf(value));
          }
        });
    return Optional.of(
        new RunLabel(
            text(summary, "run-id"),
            text(summary, "job"),
            LocalDate.parse(text(summary, "data-date")),
            new Fingerprint(text(summary, "identity")),
            new Fingerprint(text(summary, "content")),
            new Fingerprint(text(summary, "ruleset")),
            reads));
  }

  private static String text(Map<String, String> summary, String key) {
    return summary.getOrDefault(PREFIX + key, "");
  }
}
