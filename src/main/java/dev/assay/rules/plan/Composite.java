package dev.assay.rules.plan;

import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.rules.parse.RuleExpression;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The finding of a composite: three-valued logic over its parts, each evaluated on its own. */
public final class Composite {
  private Composite() {}

  /**
   * Joins the findings of an expression's rules.
   *
   * @param findings one per rule, in the order of {@link RuleExpression#rules()}
   */
  public static Finding join(RuleExpression expression, List<Finding> findings) {
    if (findings.size() == 1) {
      return findings.get(0);
    }
    List<Finding> rest = new ArrayList<>(findings);
    Verdict verdict = verdict(expression, rest.iterator());
    return new Finding(
        verdict,
        verdict == Verdict.UNANSWERED
            ? findings.stream().flatMap(finding -> finding.reason().stream()).findFirst()
            : Optional.empty(),
        joined(findings, Finding::observed),
        Optional.empty(),
        verdict == Verdict.PASSED
            ? ""
            : joined(findings, finding -> finding.message().replaceFirst("\\.$", "")),
        Optional.empty());
  }

  private static Verdict verdict(RuleExpression expression, Iterator<Finding> findings) {
    if (expression instanceof RuleExpression.Joined joined) {
      Verdict left = verdict(joined.left(), findings);
      Verdict right = verdict(joined.right(), findings);
      Verdict decisive = joined.both() ? Verdict.FAILED : Verdict.PASSED;
      if (left == decisive || right == decisive) {
        return decisive;
      }
      return left == Verdict.UNANSWERED ? left : right;
    }
    return findings.next().verdict();
  }

  private static String joined(
      List<Finding> findings, java.util.function.Function<Finding, String> part) {
    return findings.stream()
        .map(part)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
