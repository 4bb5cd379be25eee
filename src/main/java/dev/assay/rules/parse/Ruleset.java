package dev.assay.rules.parse;

import dev.assay.model.Fingerprint;
import dev.assay.model.Position;
import java.util.List;
import java.util.Map;

/**
 * A ruleset as read.
 *
 * @param file where it came from, for messages
 * @param entries the rules in their order
 * @param analyzers what is measured and kept without a rule
 * @param fingerprint of the text with comments and white space left out
 */
public record Ruleset(
    String file, List<Entry> entries, List<Rule> analyzers, Fingerprint fingerprint) {
  /** A ruleset without rules, for a job that names none. */
  public static Ruleset none() {
    return new Ruleset("(no ruleset)", List.of(), List.of(), Fingerprint.of(""));
  }

  public Ruleset {
    entries = List.copyOf(entries);
    analyzers = List.copyOf(analyzers);
  }

  /**
   * One line of the ruleset: a rule or a composite, which counts as one rule.
   *
   * @param ordinal first is 1
   * @param text as written, white space folded, labels left out
   * @param labels the entry's own labels over the default ones
   */
  public record Entry(
      int ordinal,
      RuleExpression expression,
      String text,
      Map<String, String> labels,
      Position position) {
    public Entry {
      labels = Map.copyOf(labels);
    }
  }
}
