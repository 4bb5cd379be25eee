package dev.assay.reports;

import dev.assay.model.RuleOutcome;
import dev.assay.model.Trace;
import java.util.List;
import java.util.Locale;

/** Where answers came from and what they cost, in a few words. */
final class EvidenceText {
  private EvidenceText() {}

  /** For one rule, for example {@code scan of 1 of 3 files, 1,200 rows, 34 kB, 12 ms}. */
  static String of(Trace trace) {
    int slices = trace.slices();
    return switch (trace.source()) {
      case "SCAN" ->
          "scan of %d of %d %s, %s rows, %s, %s ms"
              .formatted(
                  trace.scannedSlices(),
                  slices,
                  slices == 1 ? "file" : "files",
                  Numbers.count(trace.scannedRows()),
                  bytes(trace.scannedBytes()),
                  Numbers.count(trace.millis()));
      case "STORED" -> "stored evidence";
      case "METADATA" -> "metadata";
      default -> "";
    };
  }

  /** For a scoring as a whole: how much had to be read, on average over its rules. */
  static String scanned(List<RuleOutcome> outcomes) {
    long all = 0;
    long read = 0;
    for (RuleOutcome outcome : outcomes) {
      all += outcome.cost().trace().slices();
      read += outcome.cost().trace().scannedSlices();
    }
    return all == 0 ? "" : "%d %%".formatted(Math.round(100.0 * read / all));
  }

  private static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }
}
