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
    return requireSame(way, outcome(other));
  }

  /**
   * Refuses to report the time of a way that came to something else than is known to be right.
   *
   * @throws AssayException if it did
   */
  Standings requireSame(String way, Map<String, Boolean> right) {
    Map<String, Boolean> found = outcome(way);
    if (!found.equals(right)) {
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "Outcomes of \"%s\" differ: %s instead of %s."
              .formatted(way, without(found, right), without(right, found)));
    }
    return this;
  }

  /**
   * Refuses to report the time of a way in which a rule failed that cannot fail.
   *
   * @throws AssayException if one did
   */
  Standings requireAllPassed(String way) {
    Map<String, Boolean> passed = new TreeMap<>(outcome(way));
    passed.replaceAll((rule, ignored) -> true);
    return requireSame(way, passed);
  }

  /** The outcomes of one way that the other does not have. */
  Map<String, Boolean> without(String way, String other) {
    return without(outcome(way), outcome(other));
  }

  private static Map<String, Boolean> without(
      Map<String, Boolean> one, Map<String, Boolean> other) {
    Map<String, Boolean> own = new TreeMap<>(one);
    own.entrySet().removeAll(other.entrySet());
    return own;
  }

  private Map<String, Boolean> outcome(String way) {
    return Objects.requireNonNull(outcomes.get(way), way);
  }
}
