package dev.assay.pipeline;

import dev.assay.model.job.GatePolicy.OnBadRule;
import dev.assay.model.job.Job;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.parse.RulesetParser;
import java.nio.file.Path;
import java.util.Optional;

/** The rules of a job, read as strictly as the job says. */
public final class JobRuleset {
  private JobRuleset() {}

  /**
   * The ruleset; one without rules if the job names none.
   *
   * @throws dev.assay.rules.parse.InvalidRulesetException if it cannot be used
   */
  public static Ruleset of(Job job) {
    Optional<Path> file = job.ruleset();
    if (file.isEmpty()) {
      return Ruleset.none();
    }
    return job.gate().onBadRule() == OnBadRule.UNANSWERED
        ? RulesetParser.parseWithBadRules(file.get())
        : RulesetParser.parse(file.get());
  }
}
