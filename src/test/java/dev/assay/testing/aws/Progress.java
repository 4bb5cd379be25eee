package dev.assay.testing.aws;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast something at a service moves from one status to the next. */
public final class Progress {
  private final int looks;
  private final Duration time;
  private final LongSupplier nanoTime;

  private Progress(int looks, Duration time, LongSupplier nanoTime) {
    this.looks = looks;
    this.time = time;
    this.nanoTime = nanoTime;
  }

  /** A status further with every so many descriptions, lists not counted. */
  public static Progress everyDescriptions(int descriptions) {
    return new Progress(descriptions, Duration.ZERO, () -> 0);
  }

  /**
   * A status further each time so much time has gone by.
   *
   * @param nanoTime elapsed time in nanoseconds
   */
  public static Progress every(Duration time, LongSupplier nanoTime) {
    return new Progress(0, time, nanoTime);
  }

  /** In its last status from the start. */
  public static Progress atOnce() {
    return new Progress(0, Duration.ZERO, () -> 0);
  }

  /** Never ends: it gets as far as the last status but one. */
  public static Progress never() {
    return new Progress(-1, Duration.ZERO, () -> 0);
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** How many statuses further, of at most so many. */
  int steps(int described, long elapsedNanos, int most) {
    if (looks < 0) {
      return Math.min(described, most - 1);
    }
    if (looks > 0) {
      return Math.min(described / looks, most);
    }
    return time.isZero() ? most : (int) Math.min(elapsedNanos / time.toNanos(), most);
  }
}
