package dev.assay.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Money that a run spent on a service, by the prices of its profile.
 *
 * @param runId of the run, also of one that failed or was held afterwards; of what several runs
 *     share, its own: a job run or cluster of EMR
 * @param at when it was known
 * @param domain of the pipeline; empty if it names none
 * @param purpose what for: {@code classification}, {@code personal-data}, {@code compute}
 * @param service who is paid, or who answered
 * @param quantities what was charged for, by unit: {@code documents}, {@code characters}, ...
 * @param amount in {@code currency}
 */
public record Spending(
    String runId,
    Instant at,
    String pipeline,
    String domain,
    String job,
    TableName table,
    String purpose,
    String service,
    Map<String, Long> quantities,
    BigDecimal amount,
    String currency) {
  public Spending {
    quantities = java.util.Collections.unmodifiableMap(new TreeMap<>(quantities));
  }
}
