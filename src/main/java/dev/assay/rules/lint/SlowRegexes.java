package dev.assay.rules.lint;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.Ruleset;
import java.util.List;

/** Regular expressions that may take for ever on one long text. */
final class SlowRegexes implements Check {
  @Override
  public List<Remark> remarks(Ruleset ruleset) {
    return ruleset.entries().stream()
        .flatMap(entry -> entry.expression().rules().stream())
        .filter(SlowRegexes::slow)
        .map(SlowRegexes::remark)
        .toList();
  }

  private static boolean slow(Rule rule) {
    return rule.condition()
        .filter(condition -> condition instanceof Condition.Matches)
        .map(condition -> ((Condition.Matches) condition).regex())
        .filter(NestedQuantifiers::in)
        .isPresent();
  }

  private static Remark remark(Rule rule) {
    return new Remark(
        Remark.Kind.SLOW_REGEX,
        rule.position(),
        rule.text(),
        "a repetition stands within a repetition",
        "A text that almost matches is tried in every way to part it, which doubles with each character.",
        "Repeat once, as in [a-z ]+ for ([a-z]+ ?)+, or forbid going back with ++ or *+.");
  }
}
