package dev.assay.scores;

import dev.assay.model.GateDecision;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleOutcome;
import dev.assay.model.Score;
import dev.assay.model.job.GatePolicy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Decides from the measurements whether a staged table may be published. */
public final class Gate {
  private Gate() {}

  /** What a run would do to main. */
  public enum Load {
    /** There is no main yet. */
    FIRST,
    /** Main has rows and would have none: the run made none, and replaces everything. */
    EMPTYING,
    OTHER
  }

  /**
   * The decision about a run that does not empty main.
   *
   * @param firstLoad whether main has no snapshot yet
   */
  public static GateDecision decide(
      GatePolicy policy,
      Score score,
      List<RuleOutcome> outcomes,
      RowCounts counts,
      boolean firstLoad) {
    return decide(policy, score, outcomes, counts, firstLoad ? Load.FIRST : Load.OTHER);
  }

  /** The decision. */
  public static GateDecision decide(
      GatePolicy policy, Score score, List<RuleOutcome> outcomes, RowCounts counts, Load load) {
    List<String> reasons = new ArrayList<>();
    mustPass(policy, outcomes, reasons);
    minimumScore(policy, score, reasons);
    if (score.coverage().compareTo(policy.minimumCoverage()) < 0
        && policy.unanswered() == GatePolicy.Unanswered.IGNORE) {
      reasons.add(
          "Coverage %s is below the minimum of %s."
              .formatted(plain(score.coverage()), plain(policy.minimumCoverage())));
    }
    if (score.unanswered() > 0 && policy.unanswered() == GatePolicy.Unanswered.HOLD) {
      reasons.add(
          score.unanswered() == 1
              ? "1 rule has no answer."
              : "%d rules have no answer.".formatted(score.unanswered()));
    }
    quarantine(policy, counts, reasons);
    if (load == Load.EMPTYING && policy.empty() == GatePolicy.Empty.HOLD) {
      reasons.add(
          "The run made no rows, and mode replace would take away all that the table has. Where that is right, approve the run, or set gate.empty: pass.");
    }
    if (load == Load.FIRST && policy.firstPublish() == GatePolicy.FirstPublish.REVIEW) {
      reasons.add("It is the first load, and the job asks for a review of it.");
    }
    return new GateDecision(reasons);
  }

  private static void mustPass(
      GatePolicy policy, List<RuleOutcome> outcomes, List<String> reasons) {
    for (RuleOutcome outcome : outcomes) {
      boolean required =
          policy.mustPass().entrySet().stream()
              .anyMatch(label -> label.getValue().equals(outcome.labels().get(label.getKey())));
      if (required && !outcome.passed() && !outcome.shadow()) {
        String how = outcome.failed() ? "failed" : "has no answer";
        reasons.add("Must pass, and %s: %s. %s".formatted(how, outcome.rule(), outcome.message()));
      }
    }
  }

  private static void minimumScore(GatePolicy policy, Score score, List<String> reasons) {
    if (policy.minimumScore().isEmpty()) {
      return;
    }
    BigDecimal minimum = policy.minimumScore().get();
    if (score.value().isEmpty()) {
      reasons.add("There is no score, and a minimum of %s is asked for.".formatted(plain(minimum)));
    } else if (score.value().get().compareTo(minimum) < 0) {
      reasons.add(
          "Score %s is below the minimum of %s."
              .formatted(plain(score.value().get()), plain(minimum)));
    }
  }

  private static void quarantine(GatePolicy policy, RowCounts counts, List<String> reasons) {
    if (policy.maximumQuarantine().isEmpty() || counts.read() == 0) {
      return;
    }
    BigDecimal share =
        Score.percentage(
            BigDecimal.valueOf(counts.quarantined()), BigDecimal.valueOf(counts.read()));
    if (share.compareTo(policy.maximumQuarantine().get()) > 0) {
      reasons.add(
          "%s %% of the rows are quarantined; at most %s %% may be."
              .formatted(plain(share), plain(policy.maximumQuarantine().get())));
    }
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
