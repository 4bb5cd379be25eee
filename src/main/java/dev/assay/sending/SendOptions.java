package dev.assay.sending;

import java.time.Duration;

/**
 * How one call of a send job goes about it.
 *
 * @param dryRun looks and counts, and sends nothing
 * @param resendUnknown sends again what may have been sent before
 * @param limit at most so many messages
 * @param lease how long after its announcement a message may begin to be sent
 */
public record SendOptions(boolean dryRun, boolean resendUnknown, long limit, Duration lease) {
  /** Sends everything that is due. */
  public static final SendOptions USUAL =
      new SendOptions(false, false, Long.MAX_VALUE, Duration.ofMinutes(10));
}
