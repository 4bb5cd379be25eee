package dev.assay.messages.comprehend;

import java.time.Duration;

/** Times as people say them. */
public final class Elapsed {
  private Elapsed() {}

  /** For example {@code 3 h 20 min}, {@code 12 min}, {@code 45 s}; rounded down. */
  public static String words(Duration time) {
    if (time.toMinutes() == 0) {
      return time.toSeconds() + " s";
    }
    return time.toHours() == 0
        ? time.toMinutes() + " min"
        : "%,d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }
}
