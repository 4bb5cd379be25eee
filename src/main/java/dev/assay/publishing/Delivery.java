package dev.assay.publishing;

import dev.assay.model.TableName;
import java.time.Instant;
import java.util.Optional;

/**
 * A line about the delivery of one announcement to one destination. Lines are added and never
 * changed; the newest attempt counts, and of an attempt its end.
 *
 * @param key of the announcement
 * @param announcedAt when the announcement became true
 * @param attempt 1 for the first
 * @param reason in a few words, of what waits or is parked; empty otherwise
 * @param id by which the destination knows it; empty if it gives none
 * @param until of an intent: so long nobody else begins; of what waits: not before
 */
public record Delivery(
    String destination,
    String key,
    Announcement.Kind kind,
    TableName table,
    String runId,
    Instant announcedAt,
    int attempt,
    State state,
    String reason,
    String id,
    Instant at,
    Optional<Instant> until) {
  /** How far it is. */
  public enum State {
    /** It is about to be delivered; without a later line it may have been. */
    INTENT,
    /** It was taken, and the destination is still at work on it. */
    ACCEPTED,
    /** It is there. Final. */
    DELIVERED,
    /** It was not taken, and is tried again. */
    WAITING,
    /** The destination refuses it: not tried again until somebody asks for it. */
    PARKED,
    /** Somebody asks for it again. */
    ASKED
  }

  /** The same attempt, at its end. */
  Delivery ended(State end, String why, String given, Instant when, Optional<Instant> notBefore) {
    return new Delivery(
        destination,
        key,
        kind,
        table,
        runId,
        announcedAt,
        attempt,
        end,
        why,
        given,
        when,
        notBefore);
  }
}
