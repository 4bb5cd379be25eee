package dev.assay.model;

import dev.assay.model.RuleOutcome.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Outcomes of rules of which a test cares for little more than the verdict. */
public final class Outcomes {
  private Outcomes() {}

  public static RuleOutcome passed(String rule, Map<String, String> labels, String... columns) {
    return outcome(rule, Verdict.PASSED, labels, columns);
  }

  public static RuleOutcome failed(String rule, Map<String, String> labels, String... columns) {
    return outcome(rule, Verdict.FAILED, labels, columns);
  }

  public static RuleOutcome unanswered(String rule, Map<String, String> labels, String... columns) {
    return outcome(rule, Verdict.UNANSWERED, labels, columns);
  }

  public static Map<String, String> weight(String weight) {
    return Map.of("weight", weight);
  }

  public static RuleOutcome outcome(
      String rule, Verdict verdict, Map<String, String> labels, String... columns) {
    return new RuleOutcome(
        1,
        rule,
        "Mean",
        List.of(columns),
        labels,
        verdict,
        verdict == Verdict.UNANSWERED ? Optional.of(UnansweredReason.ERROR) : Optional.empty(),
        "",
        Optional.empty(),
        verdict == Verdict.PASSED ? "" : "Observed something else.",
        Optional.empty());
  }
}
