package dev.assay.cli;

import java.util.function.BooleanSupplier;
import sun.misc.Signal;

/** Ctrl-C, pressed by a test that runs a command in its own process. */
final class Interruption {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int PAUSE_MILLIS = 10;

  private Interruption() {}

  /** Presses it once, as soon as the condition holds; the command must listen by then. */
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
                    Signal.raise(new Signal("INT"));
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
