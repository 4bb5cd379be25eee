package dev.assay.publishing;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Where announcements go. */
public interface Destination {
  /** As the profile names it; deliveries are remembered under it. */
  String name();

  /** Whether announcements of a kind go there. */
  boolean takes(Announcement.Kind kind);

  /**
   * Delivers, so that the key of the announcement keeps a repeat from arriving twice where the
   * destination can.
   *
   * @param body JSON, as the announcement's kind says
   * @return what became of it; never throws for what the destination says
   */
  Outcome deliver(Announcement announcement, String body, Attempt attempt);

  /**
   * Asks what became of something that was accepted. Only of destinations that accept.
   *
   * @param id as the destination gave it
   */
  default Outcome followUp(String id) {
    throw new IllegalStateException(name() + " accepts nothing that would have to be followed up");
  }

  /**
   * One try.
   *
   * @param token the same for tries of which one may have arrived; another one when somebody asks
   *     again for what was refused
   * @param repeated whether an earlier try may have arrived
   */
  record Attempt(String token, boolean repeated) {}

  /** What a destination makes of an announcement. */
  sealed interface Outcome {
    /** It is there, under this id of the destination; empty if it gives none. */
    record Delivered(String id) implements Outcome {}

    /** It was taken, and the destination will say later whether it could use it. */
    record Accepted(String id) implements Outcome {}

    /** Not now. */
    record Later(String why, Optional<Instant> notBefore) implements Outcome {}

    /** Never like this: somebody has to change something first. */
    record Refused(String why) implements Outcome {}

    /** One of four. */
    default <T> T match(
        Function<Delivered, T> delivered,
        Function<Accepted, T> accepted,
        Function<Later, T> later,
        Function<Refused, T> refused) {
      if (this instanceof Delivered there) {
        return delivered.apply(there);
      }
      if (this instanceof Accepted taken) {
        return accepted.apply(taken);
      }
      return this instanceof Later not ? later.apply(not) : refused.apply((Refused) this);
    }
  }
}
