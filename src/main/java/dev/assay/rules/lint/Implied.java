package dev.assay.rules.lint;

import dev.assay.rules.parse.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules that another, stronger one makes pointless. */
final class Implied implements Check {
  private final Claims claims;

  Implied(Claims claims) {
    this.claims = claims;
  }

  @Override
  public List<Remark> remarks(Ruleset ruleset) {
    List<RequiredRule> rules = RequiredRule.of(ruleset, claims);
    List<Remark> remarks = new ArrayList<>();
    for (RequiredRule weak : rules) {
      stronger(weak, rules).map(strong -> remark(weak, strong)).ifPresent(remarks::add);
    }
    return remarks;
  }

  /** A rule that says more; one that says nothing is spoken of elsewhere. */
  private static Optional<RequiredRule> stronger(RequiredRule weak, List<RequiredRule> rules) {
    if (weak.claims().stream().allMatch(Claim::neverFails)) {
      return Optional.empty();
    }
    return rules.stream()
        .filter(strong -> strong.shadow() == weak.shadow())
        .filter(strong -> strong.implies(weak) && !strong.same(weak))
        .findFirst();
  }

  private static Remark remark(RequiredRule weak, RequiredRule strong) {
    return new Remark(
        Remark.Kind.IMPLIED,
        weak.rule().position(),
        weak.rule().text(),
        "line %d says more".formatted(strong.rule().position().line()),
        "Where %s passes, this passes too.".formatted(strong.rule().text()),
        "Take this one out, or make the other one a shadow rule while you try it.");
  }
}
