package dev.assay.rules.lint;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules that no table with rows passes. */
final class NeverPasses implements Check {
  private final Claims claims;

  NeverPasses(Claims claims) {
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
    if (claims.of(rule).stream().anyMatch(Claim::neverPasses)) {
      return Optional.of(remark(rule, rule.condition().or(rule::threshold)));
    }
    return Claims.threshold(rule)
        .filter(Claim::neverPasses)
        .map(share -> remark(rule, rule.threshold()));
  }

  private static Remark remark(Rule rule, Optional<Condition> condition) {
    return new Remark(
        Remark.Kind.NEVER_PASSES,
        rule.position(),
        rule.text(),
        "nothing meets %s".formatted(condition.map(Condition::text).orElse("it")),
        condition.filter(found -> found instanceof Condition.Between).isPresent()
            ? "Both ends of between are excluded."
            : "What is measured is never of that size.",
        condition.filter(found -> found instanceof Condition.Between).isPresent()
            ? "Widen the ends, lower one first; for one value write = instead."
            : "Correct the number: shares go from 0 to 1, counts and lengths from 0 on.");
  }
}
