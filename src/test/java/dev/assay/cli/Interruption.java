package dev.assay.cli;

import java.util.function.BooleanSupplier;
import sun.misc.Signal;

/**
 * The wish that a command ends, from a test that runs it in its own process. TERM, not INT: what is
 * started in the background by a shell ignores INT, and hands that on.
 */
final class Interruption {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int PAUSE_MILLIS = 10;

  private Interruption() {}

  /** Sends it once, as soon as the condition holds; the command must listen by then. */
  static void when(BooleanSupplier condition) {
    Thread finger =
        new Thread(
            () -> {
              try {
                for (int waited = 0; waited < PATIENCE_MILLIS; waited += PAUSE_MILLIS) {
                  Thread.sleep(PAUSE_MILLIS);
                  if (condition.getAsBoolean()) {
                    // whatever made the condition true has been answered by then
                    Thread.sleep(10L * PAUSE_MILLIS);
                    Signal.raise(new Signal("TERM"));
                    return;
                  }
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    finger.setDaemon(true);
    finger.start();
  }
}
