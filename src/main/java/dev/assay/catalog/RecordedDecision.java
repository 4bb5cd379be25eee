package dev.assay.catalog;

import dev.assay.model.TableName;
import java.time.Instant;

/**
 * What became of a request, as the ledger keeps it.
 *
 * @param packageName empty if none was granted
 * @param decidedBy {@code policy}, or the person
 */
public record RecordedDecision(
    String request,
    TableName table,
    String project,
    String packageName,
    Verdict verdict,
    String decidedBy,
    String why,
    Instant at) {
  /** How a request ended. */
  public enum Verdict {
    /** About to be granted; without a later line it may have been. */
    INTENDED,
    GRANTED,
    REJECTED
  }
}
