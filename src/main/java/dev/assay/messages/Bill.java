package dev.assay.messages;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What classifying costs, before or after.
 *
 * @param documents texts that the service is asked about
 * @param characters in them
 * @param units that the service charges for
 * @param cost in {@code currency}
 * @param duration about how long it takes
 */
public record Bill(
    long documents,
    long characters,
    long units,
    BigDecimal cost,
    String currency,
    Duration duration) {
  /** Nobody is paid. */
  public static Bill free(long documents, long characters) {
    return new Bill(documents, characters, 0, BigDecimal.ZERO, "", Duration.ZERO);
  }

  /** Whether somebody is paid. */
  public boolean paid() {
    return cost.signum() > 0;
  }
}
