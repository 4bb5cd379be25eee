package dev.assay.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one rule.
 *
 * @param ordinal position in the ruleset, first is 1
 * @param rule the rule as its author wrote it, white space folded, labels left out
 * @param type the rule type, or {@code Composite}
 * @param columns the columns the rule speaks of, in its order; empty for a rule about the table
 * @param labels the rule's labels, default labels included
 * @param verdict passed, failed or unanswered
 * @param reason why a rule is unanswered; empty for the others
 * @param observed what was measured, in words a person reads; empty if nothing was
 * @param measured the number the condition was put to, when there is exactly one
 * @param message one sentence on a failed or unanswered rule; never a value of a row
 * @param failingRows rows that break the rule, for rules that count rows
 * @param cost how it was answered
 */
public record RuleOutcome(
    int ordinal,
    String rule,
    String type,
    List<String> columns,
    Map<String, String> labels,
    Verdict verdict,
    Optional<UnansweredReason> reason,
    String observed,
    Optional<Double> measured,
    String message,
    Optional<Long> failingRows,
    RuleCost cost) {

  /** A rule that could not be answered is never reported as failed data. */
  public enum Verdict {
    PASSED,
    FAILED,
    UNANSWERED
  }

  /** An outcome that cost nothing. */
  public RuleOutcome(
      int ordinal,
      String rule,
      String type,
      List<String> columns,
      Map<String, String> labels,
      Verdict verdict,
      Optional<UnansweredReason> reason,
      String observed,
      Optional<Double> measured,
      String message,
      Optional<Long> failingRows) {
    this(
        ordinal,
        rule,
        type,
        columns,
        labels,
        verdict,
        reason,
        observed,
        measured,
        message,
        failingRows,
        RuleCost.NONE);
  }

  public RuleOutcome {
    columns = List.copyOf(columns);
    labels = Map.copyOf(labels);
    if ((verdict == Verdict.UNANSWERED) != reason.isPresent()) {
      throw new IllegalArgumentException(
          "rule %d (%s) is %s with reason %s".formatted(ordinal, rule, verdict, reason));
    }
  }

  public boolean passed() {
    return verdict == Verdict.PASSED;
  }

  public boolean failed() {
    return verdict == Verdict.FAILED;
  }

  public boolean unanswered() {
    return verdict == Verdict.UNANSWERED;
  }

  /** A shadow rule only reports: it counts neither in the score nor at the gate. */
  public boolean shadow() {
    return "true".equalsIgnoreCase(labels.getOrDefault("shadow", "false"));
  }
}
