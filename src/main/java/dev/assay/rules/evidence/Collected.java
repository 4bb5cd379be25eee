package dev.assay.rules.evidence;

import dev.assay.model.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about a table.
 *
 * @param slices of the table, in the order of their values
 */
public record Collected(List<Slice> slices, Map<Fact, Answer> answers) {
  /**
   * A fact.
   *
   * @param error why there is none; empty if there is one
   * @param merged about the whole table
   * @param bySlice about each slice
   */
  public record Answer(Optional<String> error, long[] merged, List<long[]> bySlice, Trace trace) {}

  public Answer of(Fact fact) {
    Answer answer = answers.get(fact);
    if (answer == null) {
      throw new IllegalStateException("nobody asked for " + fact);
    }
    return answer;
  }
}
