package dev.assay.reports;

import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import java.util.List;

/** A score with its rules, for the terminal. */
public final class ScoreText {
  private ScoreText() {}

  public static String of(String table, Score score, List<RuleOutcome> outcomes) {
    String rules =
        new TextTable<RuleOutcome>()
            .left("", outcome -> sign(outcome))
            .left("rule", RuleOutcome::rule)
            .left("observed", ScoreText::observed)
            .left("evidence", outcome -> EvidenceText.of(outcome.cost().trace()))
            .of(outcomes);
    return "%s: score %s, coverage %s %% (%d passed, %d failed, %d unanswered)%n%n%s"
        .formatted(
            table,
            Numbers.score(score.value()),
            Numbers.points(score.coverage()),
            score.passed(),
            score.failed(),
            score.unanswered(),
            rules);
  }

  private static String observed(RuleOutcome outcome) {
    return outcome.unanswered()
        ? outcome.reason().orElseThrow() + ": " + outcome.message()
        : outcome.observed();
  }

  /** The score of a run; that of a batch says so. */
  static String of(RunRecord run) {
    String score = Numbers.score(run.score().value());
    return run.scope() == ScoreScope.BATCH ? score + " (batch)" : score;
  }

  static String sign(RuleOutcome outcome) {
    return outcome.passed() ? "✓" : outcome.failed() ? "✗" : "?";
  }
}
