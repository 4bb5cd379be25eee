package dev.assay.sending;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Of each message of a job, how far it has come. The lines may be added in any order. Holds about a
 * hundred bytes for each message that was ever announced.
 */
public final class SendingStates {
  private final Map<Digest, Last> byDelivery = new HashMap<>();

  /**
   * The last line about a message.
   *
   * @param messageKey only where somebody may have to be told it: without a known end
   */
  public record Last(
      int attempt, Sending.State state, String reason, String messageKey, long deadlineMillis) {
    /** Announced, or gone, and nobody knows whether it arrived. */
    public boolean isUnknown() {
      return state == Sending.State.INTENT || state == Sending.State.UNKNOWN;
    }

    /** Whether the process that announced it may still be about to send it. */
    public boolean mayBeUnderWay(Instant now) {
      return state == Sending.State.INTENT && now.toEpochMilli() < deadlineMillis;
    }
  }

  /** Takes a line in. */
  public void add(Sending line) {
    boolean open = line.state() == Sending.State.INTENT || line.state() == Sending.State.UNKNOWN;
    Last next =
        new Last(
            line.attempt(),
            line.state(),
            line.reason().intern(),
            open ? line.messageKey() : "",
            line.deadline().map(Instant::toEpochMilli).orElse(0L));
    byDelivery.merge(Digest.ofHex(line.deliveryKey()), next, SendingStates::later);
  }

  /** A later attempt wins, and within an attempt its end. */
  private static Last later(Last one, Last other) {
    if (one.attempt() != other.attempt()) {
      return one.attempt() > other.attempt() ? one : other;
    }
    return one.state() == Sending.State.INTENT ? other : one;
  }

  /** The last line about a message, if it was ever announced. */
  public Optional<Last> of(Digest delivery) {
    return Optional.ofNullable(byDelivery.get(delivery));
  }

  /** How many attempts there were. */
  public int attempts(Digest delivery) {
    return of(delivery).map(Last::attempt).orElse(0);
  }
}
