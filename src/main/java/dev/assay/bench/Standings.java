package dev.assay.bench;

import dev.assay.bench.Stopwatch.Lap;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a contest ended.
 *
 * @param laps by way, the one with the median time
 * @param outcomes by way, which rules passed
 */
record Standings(Map<String, Lap> laps, Map<String, Map<String, Boolean>> outcomes) {
  Lap lap(String way) {
    return Objects.requireNonNull(laps.get(way), way);
  }

  /** The time of one way, with that of another as the unit. */
  double share(String way, String unit) {
    return lap(way).seconds() / lap(unit).seconds();
  }

  /** Whether two ways came to the same. */
  boolean same(String way, String other) {
    return outcome(way).equals(outcome(other));
  }

  /**
   * Refuses to report times of ways that came to different results.
   *
   * @throws AssayException if they did
   */
  Standings requireSame(String way, String other) {
    if (!same(way, other)) {
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "Outcomes differ: %s says %s, %s says %s."
              .formatted(way, without(way, other), other, without(other, way)));
    }
    return this;
  }

  /** The outcomes of one way that the other does not have. */
  Map<String, Boolean> without(String way, String other) {
    Map<String, Boolean> own = new TreeMap<>(outcome(way));
    own.entrySet().removeAll(outcome(other).entrySet());
    return own;
  }

  private Map<String, Boolean> outcome(String way) {
    return Objects.requireNonNull(outcomes.get(way), way);
  }
}
