package dev.assay.sending;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What became of one message. */
public sealed interface SendOutcome {
  /** Asks for an answer per case, so that none is forgotten. */
  <T> T match(
      Function<Sent, T> sent,
      Function<Refused, T> refused,
      Function<Later, T> later,
      Function<Unknown, T> unknown);

  /**
   * The channel has taken it over.
   *
   * @param id by which the channel knows it
   */
  record Sent(String id) implements SendOutcome {
    @Override
    public <T> T match(
        Function<Sent, T> sent,
        Function<Refused, T> refused,
        Function<Later, T> later,
        Function<Unknown, T> unknown) {
      return sent.apply(this);
    }
  }

  /**
   * The channel does not take this message, and may take others.
   *
   * @param why a few words without address or text: opted out, suppressed, blocked, invalid address
   * @param terminal never to be tried again; otherwise the next call tries it once more, because a
   *     setting may be what is missing
   */
  record Refused(String why, boolean terminal) implements SendOutcome {
    /** Never to be tried again. */
    public static Refused forGood(String why) {
      return new Refused(why, true);
    }

    /** To be tried by the next call. */
    public static Refused forNow(String why) {
      return new Refused(why, false);
    }

    @Override
    public <T> T match(
        Function<Sent, T> sent,
        Function<Refused, T> refused,
        Function<Later, T> later,
        Function<Unknown, T> unknown) {
      return refused.apply(this);
    }
  }

  /**
   * It was certainly not sent, and may be tried again.
   *
   * @param why a few words without address or text
   * @param after how long to wait, if the channel says so
   */
  record Later(String why, Optional<Duration> after) implements SendOutcome {
    @Override
    public <T> T match(
        Function<Sent, T> sent,
        Function<Refused, T> refused,
        Function<Later, T> later,
        Function<Unknown, T> unknown) {
      return later.apply(this);
    }
  }

  /**
   * Nobody knows whether it was sent: the request went out and no usable answer came back.
   *
   * @param why a few words without address or text
   */
  record Unknown(String why) implements SendOutcome {
    @Override
    public <T> T match(
        Function<Sent, T> sent,
        Function<Refused, T> refused,
        Function<Later, T> later,
        Function<Unknown, T> unknown) {
      return unknown.apply(this);
    }
  }
}
