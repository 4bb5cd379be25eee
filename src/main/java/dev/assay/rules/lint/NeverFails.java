package dev.assay.rules.lint;

import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules that every table passes. */
final class NeverFails implements Check {
  private final Claims claims;

  NeverFails(Claims claims) {
    this.claims = claims;
  }

  @Override
  public List<Remark> remarks(Ruleset ruleset) {
    List<Remark> remarks = new ArrayList<>();
    for (Ruleset.Entry entry : ruleset.entries()) {
      entry.expression().rules().forEach(rule -> remark(rule).ifPresent(remarks::add));
    }
    return remarks;
  }

  private Optional<Remark> remark(Rule rule) {
    List<Claim> said = claims.of(rule);
    if (!said.isEmpty() && said.stream().allMatch(Claim::neverFails)) {
      return Optional.of(
          remark(
              rule,
              "%s is always met".formatted(condition(rule)),
              "%s can be nothing else.".formatted(rule.type())));
    }
    return Claims.threshold(rule)
        .filter(Claim::neverFails)
        .map(
            share ->
                remark(
                    rule,
                    "threshold %s is always met".formatted(threshold(rule)),
                    "Every share of rows is from 0 to 1."));
  }

  private static String condition(Rule rule) {
    return rule.condition().map(condition -> condition.text()).orElse(threshold(rule));
  }

  private static String threshold(Rule rule) {
    return rule.threshold().map(condition -> condition.text()).orElse("");
  }

  private static Remark remark(Rule rule, String what, String why) {
    return new Remark(
        Remark.Kind.NEVER_FAILS,
        rule.position(),
        rule.text(),
        what,
        why + " The rule only lifts the score.",
        "Make it stricter, or take it out.");
  }
}
