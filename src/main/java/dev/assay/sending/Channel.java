package dev.assay.sending;

/**
 * A way out for messages. Used by one thread at a time.
 *
 * <p>A channel sends each request once: repeating a request whose answer was lost would be a second
 * message. What went wrong with one message is an outcome; what is wrong with the channel as a
 * whole is an exception.
 */
public interface Channel extends AutoCloseable {
  /** What happens if the same delivery key is sent again. */
  enum Repeats {
    /** A second message, for all that the channel knows. */
    NEVER,
    /** Nothing, within {@link #SOON} of the first time. */
    SOON,
    /** Nothing, ever. */
    ALWAYS
  }

  /** How long a channel of {@link Repeats#SOON} remembers, with a minute to spare. */
  java.time.Duration SOON = java.time.Duration.ofMinutes(4);

  /**
   * Sends one message.
   *
   * @throws dev.assay.model.AssayException if no message can be sent this way, because a setting or
   *     permission is wrong ({@code WRONG_FILES}) or the service does not take any ({@code
   *     OUTSIDE_UNAVAILABLE}); this message was not sent
   */
  SendOutcome send(Outgoing message);

  Repeats repeats();

  /** Whether an address may be what protection left of it, a token or a ciphertext. */
  default boolean takesProtectedAddresses() {
    return false;
  }

  /** Frees what it holds. */
  @Override
  default void close() {}
}
