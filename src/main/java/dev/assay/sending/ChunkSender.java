package dev.assay.sending;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends announced messages one by one, and says of each what became of it. Never begins a message
 * after its deadline. After a failure of the channel itself the rest is released.
 */
final class ChunkSender {
  /** A request takes no longer; so long before its deadline a message is not begun any more. */
  static final Duration REQUEST = Duration.ofMinutes(1);

  private static final int MOST_UNKNOWN = 3;

  private final Clock clock;
  private final Patience patience;
  private int unknownInARow;
  private @Nullable AssayException failure;
  private volatile boolean asked;

  ChunkSender(Clock clock, Patience patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /** A message that was announced. */
  record Announced(Sending intent, Outgoing outgoing, Channel channel, Instant deadline) {}

  /** Called after each message. */
  @FunctionalInterface
  interface Done {
    void message();
  }

  /** Sends the messages in their order. */
  List<Sending> send(List<Announced> chunk, Done done) {
    List<Sending> ended = new ArrayList<>();
    for (Announced message : chunk) {
      ended.add(ended(message, attempt(message)));
      done.message();
    }
    return ended;
  }

  /** Messages that were announced and not begun. */
  List<Sending> released(List<Announced> chunk, String why) {
    return chunk.stream()
        .map(message -> ended(message, new SendOutcome.Later(why, Optional.empty())))
        .toList();
  }

  /** Ends the sending after the message that is under way. Safe for any thread. */
  void stop() {
    asked = true;
  }

  boolean stopped() {
    return asked || failure != null;
  }

  Optional<AssayException> failure() {
    return Optional.ofNullable(failure);
  }

  private Sending ended(Announced message, SendOutcome outcome) {
    Instant now = clock.instant();
    return outcome.match(
        sent -> message.intent().ended(Sending.State.SENT, "", sent.id(), now),
        refused ->
            message
                .intent()
                .ended(
                    refused.terminal() ? Sending.State.REFUSED : Sending.State.RELEASED,
                    refused.why(),
                    "",
                    now),
        later -> message.intent().ended(Sending.State.RELEASED, later.why(), "", now),
        unknown -> message.intent().ended(Sending.State.UNKNOWN, unknown.why(), "", now));
  }

  private SendOutcome attempt(Announced message) {
    Instant first = clock.instant();
    for (int attempt = 1; ; attempt++) {
      if (stopped()) {
        return new SendOutcome.Later("the sending ended before it", Optional.empty());
      }
      if (clock.instant().plus(REQUEST).isAfter(message.deadline())) {
        return new SendOutcome.Later("its announcement grew too old", Optional.empty());
      }
      SendOutcome outcome = once(message);
      Optional<Duration> wait = wait(message, outcome, attempt, first);
      if (wait.isEmpty()) {
        return outcome;
      }
      try {
        patience.sleeper().sleep(wait.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        asked = true;
        return outcome;
      }
    }
  }

  private SendOutcome once(Announced message) {
    try {
      return message.channel().send(message.outgoing());
    } catch (AssayException e) {
      failure = e;
      return new SendOutcome.Later("the channel failed", Optional.empty());
    } catch (RuntimeException e) {
      failure =
          new AssayException(
              ExitKind.OUR_FAULT,
              "Channel %s broke off with %s. Whether message %s was sent is not known; the log has the details."
                  .formatted(
                      message.intent().channel(),
                      e.getClass().getSimpleName(),
                      message.intent().messageKey()),
              e);
      return new SendOutcome.Unknown("the channel broke off");
    }
  }

  /** How long to wait before the next try; empty if there is none. */
  private Optional<Duration> wait(
      Announced message, SendOutcome outcome, int attempt, Instant first) {
    if (failure != null) {
      return Optional.empty();
    }
    return outcome.match(
        sent -> settled(),
        refused -> settled(),
        later -> {
          unknownInARow = 0;
          return again(message, later.why(), attempt, later.after());
        },
        unknown -> {
          if (mayRepeat(message.channel(), first)) {
            return again(message, unknown.why(), attempt, Optional.empty());
          }
          unknownInARow++;
          if (unknownInARow >= MOST_UNKNOWN) {
            failure = unavailable(message, unknown.why());
          }
          return Optional.empty();
        });
  }

  private Optional<Duration> settled() {
    unknownInARow = 0;
    return Optional.empty();
  }

  private Optional<Duration> again(
      Announced message, String why, int attempt, Optional<Duration> wished) {
    if (attempt >= patience.tries()) {
      failure = unavailable(message, why);
      return Optional.empty();
    }
    return Optional.of(patience.after(attempt, wished));
  }

  private boolean mayRepeat(Channel channel, Instant first) {
    return switch (channel.repeats()) {
      case NEVER -> false;
      case SOON -> clock.instant().plus(REQUEST).isBefore(first.plus(Channel.SOON));
      case ALWAYS -> true;
    };
  }

  private static AssayException unavailable(Announced message, String why) {
    return new AssayException(
        ExitKind.OUTSIDE_UNAVAILABLE,
        "Channel %s does not take messages: %s. What was sent is in the ledger; run again for the rest."
            .formatted(message.intent().channel(), why));
  }
}
