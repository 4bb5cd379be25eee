package dev.assay.messages.comprehend;

import java.io.Serializable;

/**
 * What was asked and may be charged; repeated calls count again, throttled ones do not cost.
 *
 * @param calls all that were sent, throttled ones included
 * @param throttled of them
 * @param characters in those not throttled
 * @param units in those not throttled
 */
record Tally(long calls, long throttled, long characters, long units) implements Serializable {
  private static final long serialVersionUID = 1L;
  static final Tally NOTHING = new Tally(0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        calls + other.calls,
        throttled + other.throttled,
        characters + other.characters,
        units + other.units);
  }
}
