package dev.assay.messages.comprehend;

import java.time.Duration;

/** Lets time go by; a test moves a clock instead. */
interface Pause {
  /** Lets the thread sleep. */
  Pause SLEEP =
      duration -> {
        if (duration.isZero()) {
          return;
        }
        try {
          Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting for Comprehend", e);
        }
      };

  /**
   * Returns after so much time.
   *
   * @throws IllegalStateException if the thread is interrupted, which it then still is
   */
  void of(Duration duration);
}
