package dev.assay.catalog;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for what a service works off by itself.
 *
 * @param pause between two looks
 * @param most how long in all
 * @param progress is told what is waited for
 */
public record Patience(Duration pause, Duration most, Consumer<String> progress) {
  /**
   * Looks until it is done.
   *
   * @param what is waited for, in words
   * @throws AssayException if it takes too long; it goes on at the service
   */
  public <T> T until(String what, Supplier<T> look, Predicate<T> done) {
    long end = System.nanoTime() + most.toNanos();
    T seen = look.get();
    while (!done.test(seen)) {
      if (System.nanoTime() > end) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "%s takes longer than %d seconds. It goes on by itself; run this again to see its end."
                .formatted(what, most.toSeconds()));
      }
      progress.accept("waiting: " + what);
      sleep();
      seen = look.get();
    }
    return seen;
  }

  private void sleep() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE, "Interrupted. Run it again: what is there is kept.", e);
    }
  }
}
