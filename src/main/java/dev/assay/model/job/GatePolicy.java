package dev.assay.model.job;

import dev.assay.model.ScoreScope;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * What a staged table must meet to be published.
 *
 * @param minimumScore from 0 to 100
 * @param minimumCoverage from 0 to 100
 * @param mustPass labels; a failed rule that carries one of them holds the table
 * @param onBadRule what becomes of a ruleset with a rule that cannot be used as written
 * @param scope which rows the rules are put to
 * @param maximumQuarantine share of read rows in percent that may be quarantined
 * @param empty what becomes of a run that would replace rows by none
 */
public record GatePolicy(
    Optional<BigDecimal> minimumScore,
    BigDecimal minimumCoverage,
    Map<String, String> mustPass,
    Unanswered unanswered,
    FirstPublish firstPublish,
    OnBadRule onBadRule,
    ScoreScope scope,
    Optional<BigDecimal> maximumQuarantine,
    Empty empty) {
  /** Full coverage, no unanswered rule, and otherwise any score. */
  public static final GatePolicy DEFAULT =
      new GatePolicy(
          Optional.empty(),
          BigDecimal.valueOf(100),
          Map.of(),
          Unanswered.HOLD,
          FirstPublish.PASS,
          OnBadRule.REFUSE,
          ScoreScope.TABLE,
          Optional.empty(),
          Empty.HOLD);

  public GatePolicy {
    mustPass = Map.copyOf(mustPass);
  }

  /** What an unanswered rule means. */
  public enum Unanswered {
    HOLD,
    IGNORE
  }

  /** What becomes of a ruleset with a rule that cannot be used as written. */
  public enum OnBadRule {
    /** No job runs. */
    REFUSE,
    /** The rule is unanswered, and the others are put to the table. */
    UNANSWERED
  }

  /** Whether the first load of a table waits for somebody's approval. */
  public enum FirstPublish {
    PASS,
    REVIEW
  }

  /** What becomes of a run that would replace rows by none. */
  public enum Empty {
    HOLD,
    PASS
  }
}
