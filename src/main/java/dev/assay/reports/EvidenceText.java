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

  /** For a scoring as a whole: how many of the table's files were read for it. */
  static String filesRead(List<RuleOutcome> outcomes) {
    int all = 0;
    int read = 0;
    for (RuleOutcome outcome : outcomes) {
      Trace trace = outcome.cost().trace();
      all = Math.max(all, trace.slices());
      read = Math.max(read, trace.scannedSlices());
    }
    return all == 0 ? "" : "%d of %d".formatted(read, all);
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
