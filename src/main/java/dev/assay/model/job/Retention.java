package dev.assay.model.job;

import dev.assay.model.TableName;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long rows are kept, by the time at which they were written.
 *
 * @param quarantine for quarantines that are not among the tables; empty for ever
 * @param tables quarantines, and tables of the ledger that may be shortened
 */
public record Retention(Optional<Duration> quarantine, Map<TableName, Duration> tables) {
  /** The namespace whose tables all may be shortened. */
  public static final String QUARANTINE = "quarantine";

  /** Of the ledger those that may be shortened: no score is computed from them. */
  public static final List<String> LEDGER =
      List.of("assay.verdicts", "assay.reviews", "assay.sendings");

  /** Everything for ever. */
  public static final Retention NONE = new Retention(Optional.empty(), Map.of());

  public Retention {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
  }

  /** How long a table's rows are kept; empty for ever. */
  public Optional<Duration> of(TableName table) {
    return Optional.ofNullable(tables.get(table))
        .or(() -> table.layer().equals(QUARANTINE) ? quarantine : Optional.empty());
  }
}
