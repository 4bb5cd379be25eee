package dev.assay.messages.comprehend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * A call that may be charged from the moment it is sent, whether its answer comes or not; or, with
 * numbers below 0, one that was refused as too many and costs nothing after all.
 *
 * @param units that the characters are charged as
 * @param atMillis when, since the epoch
 */
record Charge(long calls, long characters, long units, long atMillis) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Charge takenBack(long millis) {
    return new Charge(-calls, -characters, -units, millis);
  }

  Tally tally() {
    return new Tally(calls, 0, characters, units);
  }

  /** One line of JSON, without its end. */
  String line() {
    return JSON.createObjectNode()
        .put("calls", calls)
        .put("characters", characters)
        .put("units", units)
        .put("at", atMillis)
        .toString();
  }

  /** The charge of such a line; empty if it was torn. */
  static Optional<Charge> parse(String line) {
    try {
      JsonNode read = JSON.readTree(line);
      return read.has("at")
          ? Optional.of(
              new Charge(
                  read.path("calls").asLong(),
                  read.path("characters").asLong(),
                  read.path("units").asLong(),
                  read.path("at").asLong()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      // a process died while it wrote this line, before it sent the call
      return Optional.empty();
    }
  }
}
