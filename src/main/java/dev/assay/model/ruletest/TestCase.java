package dev.assay.model.ruletest;

import dev.assay.model.Position;
import java.util.Locale;
import java.util.Optional;

/**
 * Some rows, a rule, and what should come of it.
 *
 * @param rule the rule's text, or its ordinal in the ruleset
 * @param rulePosition where the rule is named
 * @param failingRows how many rows should break the rule, if that matters
 */
public record TestCase(
    String name,
    Position position,
    TestRows rows,
    String rule,
    Position rulePosition,
    Expected expected,
    Optional<Long> failingRows) {

  /** What should come of a rule. */
  public enum Expected {
    PASS,
    FAIL,
    UNANSWERED;

    /** As it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
