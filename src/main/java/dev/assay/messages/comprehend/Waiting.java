package dev.assay.messages.comprehend;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Waits longer and longer for something, but not for ever. */
final class Waiting {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofMinutes(1);

  private final Duration most;
  private final long end;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private Duration next;

  /**
   * @param first wait; the others grow by a half, up to {@code most}
   * @param longest all waits together
   * @param nanoTime elapsed time in nanoseconds
   */
  Waiting(Duration first, Duration most, Duration longest, LongSupplier nanoTime, Pause pause) {
    this.next = first;
    this.most = most;
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + longest.toNanos();
    this.pause = pause;
  }

  static Waiting upTo(Duration longest) {
    return new Waiting(FIRST, MOST, longest, System::nanoTime, Pause.SLEEP);
  }

  /** Waits once more; false, and at once, if it has waited long enough. */
  boolean goesOn() {
    long left = end - nanoTime.getAsLong();
    if (left <= 0) {
      return false;
    }
    pause.of(next.toNanos() < left ? next : Duration.ofNanos(left));
    Duration grown = next.multipliedBy(3).dividedBy(2);
    next = grown.compareTo(most) < 0 ? grown : most;
    return true;
  }
}
