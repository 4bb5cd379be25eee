package dev.assay.sending;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of the ledger of sendings.
 *
 * @param attempt 1 for the first time that this message is sent
 * @param reason a few words without address or text; empty for intents and what was sent
 * @param serviceId by which the channel knows what it took over; empty otherwise
 * @param deadline of an intent: from then on its process does not begin to send it any more
 */
public record Sending(
    String messageKey,
    String deliveryKey,
    String contentHash,
    String campaign,
    String channel,
    int attempt,
    State state,
    String reason,
    String serviceId,
    Instant at,
    Optional<Instant> deadline) {
  /** How far a message has come. */
  public enum State {
    /** It is about to be sent; without a later line nobody knows whether it was. */
    INTENT,
    /** The channel has it. Final. */
    SENT,
    /** The channel does not take it. Final. */
    REFUSED,
    /** It was announced and certainly not sent; may be sent. */
    RELEASED,
    /** Nobody knows whether it was sent. */
    UNKNOWN
  }

  /** The same attempt, further on. */
  public Sending ended(State next, String why, String id, Instant when) {
    return new Sending(
        messageKey,
        deliveryKey,
        contentHash,
        campaign,
        channel,
        attempt,
        next,
        why,
        id,
        when,
        Optional.empty());
  }
}
