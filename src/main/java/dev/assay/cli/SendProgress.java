package dev.assay.cli;

import dev.assay.sending.SendListener;

/** Counts along on a terminal. */
final class SendProgress implements SendListener {
  private final ConsoleProgress progress;

  SendProgress(ConsoleProgress progress) {
    this.progress = progress;
    progress.say("looking at messages and verdicts");
  }

  @Override
  public void reached(Point point, long done, long due) {
    switch (point) {
      case SURVEYED, AFTER_INTENT, MESSAGE_DONE ->
          progress.say("%,d of %,d messages sent".formatted(done, due));
      case AFTER_OUTCOME -> progress.clear();
      default -> {
        return;
      }
    }
  }
}
