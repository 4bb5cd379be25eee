package dev.assay.sending;

import java.time.Duration;
import java.util.Optional;

/**
 * How often and how long to wait for a channel that is busy: each time twice as long, up to a
 * maximum.
 *
 * @param tries of one message, the first included
 * @param first how long to wait after the first of them
 */
public record Patience(int tries, Duration first, Duration longest, Sleeper sleeper) {
  /** Half a second, one, two, …: about a minute for a message. */
  public static final Patience USUAL =
      new Patience(8, Duration.ofMillis(500), Duration.ofSeconds(20), Patience::sleep);

  /** Waits. */
  @FunctionalInterface
  public interface Sleeper {
    /**
     * Lets time pass.
     *
     * @throws InterruptedException if somebody wants the sending to end
     */
    void sleep(Duration duration) throws InterruptedException;
  }

  /** How long to wait after a try, counted from 1. */
  Duration after(int attempt, Optional<Duration> asked) {
    Duration own = first.multipliedBy(1L << Math.min(attempt - 1, 20));
    Duration wished = asked.filter(time -> time.compareTo(own) > 0).orElse(own);
    return wished.compareTo(longest) > 0 ? longest : wished;
  }

  private static void sleep(Duration duration) throws InterruptedException {
    // up to a quarter more, so that several senders do not come back together
    long millis = duration.toMillis();
    Thread.sleep(
        millis + java.util.concurrent.ThreadLocalRandom.current().nextLong(millis / 4 + 1));
  }
}
